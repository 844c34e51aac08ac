/** ISO 4217: the codes in use, and those given up since 2000 that older exports still carry. */
export const CURRENCY_CODES: ReadonlySet<string> = new Set(
  `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP
CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GGP GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
ILS IMP INR IQD IRR ISK JEP JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG
SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF
XCD XCG XOF XPF YER ZAR ZMW ZWG
ATS BEF BYR CUC CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MRO MTL NLG PTE ROL SIT SKK SLL STD TRL VEF ZMK ZWL`.split(
    /\s+/,
  ),
);

/**
 * How currencies are written beside an amount, other than by code, and the codes that each sign stands for. Where
 * there are several (`$`, `kr`, `Rs`, the yen sign) only a currency column or the user can settle which.
 */
export const CURRENCY_SIGNS: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['৳', 'BDT'],
  ['₹', 'INR'],
  ['₽', 'RUB'],
  ['₺', 'TRY'],
  ['₴', 'UAH'],
  ['₩', 'KRW'],
  ['₪', 'ILS'],
  ['₫', 'VND'],
  ['₦', 'NGN'],
  ['₱', 'PHP'],
  ['฿', 'THB'],
  ['₡', 'CRC'],
  ['₲', 'PYG'],
  ['₵', 'GHS'],
  ['₸', 'KZT'],
  ['₮', 'MNT'],
  ['₭', 'LAK'],
  ['₼', 'AZN'],
  ['₾', 'GEL'],
  ['៛', 'KHR'],
  [
    '$',
    'USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP UYU DOP BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD',
  ],
  ['¥', 'JPY CNY CNH'],
  ['₨', 'INR PKR LKR NPR MUR SCR'],
  ['R$', 'BRL'],
  ['US$', 'USD'],
  ['U$', 'USD'],
  ['A$', 'AUD'],
  ['AU$', 'AUD'],
  ['C$', 'CAD NIO'],
  ['CA$', 'CAD'],
  ['CDN$', 'CAD'],
  ['NZ$', 'NZD'],
  ['HK$', 'HKD'],
  ['NT$', 'TWD'],
  ['S$', 'SGD'],
  ['SG$', 'SGD'],
  ['MX$', 'MXN'],
  ['Kč', 'CZK'],
  ['zł', 'PLN'],
  ['Fr', 'CHF'],
  ['Fr.', 'CHF'],
  ['SFr', 'CHF'],
  ['SFr.', 'CHF'],
  ['Ft', 'HUF'],
  ['RM', 'MYR'],
  ['Rp', 'IDR'],
  ['Rp.', 'IDR'],
  ['TL', 'TRY'],
  ['лв', 'BGN'],
  ['лв.', 'BGN'],
  ['грн', 'UAH'],
  ['грн.', 'UAH'],
  ['руб', 'RUB'],
  ['руб.', 'RUB'],
  ['Tk', 'BDT'],
  ['Tk.', 'BDT'],
  ['kr', 'SEK NOK DKK ISK'],
  ['kr.', 'DKK SEK NOK ISK'],
  ['Rs', 'INR PKR LKR NPR MUR SCR'],
  ['Rs.', 'INR PKR LKR NPR MUR SCR'],
  ['R', 'ZAR RUB'],
  ['lei', 'RON MDL'],
]);
