/** Header rows of shop and payment exports, as their platforms write them, and the preset each belongs to. */
export interface KnownHeader {
  readonly title: string;
  readonly preset: string;
  readonly columns: readonly string[];
}

const row = (text: string, delimiter = ','): string[] => text.split(delimiter).map((name) => name.replaceAll('"', ''));

export const knownHeaders: readonly KnownHeader[] = [
  {
    title: 'Shopify orders, current (79 columns)',
    preset: 'shopify',
    columns: row(
      'Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References',
    ),
  },
  {
    title: 'Shopify orders, older layout (73 columns here)',
    preset: 'shopify',
    columns: row(
      'Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment Terms Name,Next Payment Due At',
    ),
  },
  {
    title: 'WooCommerce Analytics > Orders',
    preset: 'woocommerce-analytics',
    columns: row(
      'Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net Sales,Attribution',
    ),
  },
  {
    title: 'WooCommerce, WebToffee order export (first 59 columns; line_item_1..N follow)',
    preset: 'woocommerce-webtoffee',
    columns: row(
      'order_id,order_number,order_date,paid_date,status,shipping_total,shipping_tax_total,fee_total,fee_tax_total,tax_total,cart_discount,order_discount,discount_total,order_total,order_subtotal,order_currency,payment_method,payment_method_title,transaction_id,customer_ip_address,customer_user_agent,shipping_method,customer_id,customer_user,customer_email,billing_first_name,billing_last_name,billing_company,billing_email,billing_phone,billing_address_1,billing_address_2,billing_postcode,billing_city,billing_state,billing_country,shipping_first_name,shipping_last_name,shipping_company,shipping_phone,shipping_address_1,shipping_address_2,shipping_postcode,shipping_city,shipping_state,shipping_country,customer_note,wt_import_key,shipping_items,fee_items,tax_items,coupon_items,refund_items,order_notes,download_permissions,meta:wpml_language,line_item_1,line_item_2,line_item_3',
    ),
  },
  {
    title: 'WooCommerce, CSV Import Suite / Customer-Order export (43 columns)',
    preset: 'woocommerce-csv-import-suite',
    columns: row(
      'order_id,order_number_formatted,order_number,date,status,order_shipping,order_shipping_tax,order_fees,order_fee_tax,order_tax,cart_discount,order_discount,order_total,payment_method,shipping_method,customer_user,billing_first_name,billing_last_name,billing_email,billing_phone,billing_address_1,billing_address_2,billing_postcode,billing_city,billing_state,billing_country,billing_company,shipping_first_name,shipping_last_name,shipping_address_1,shipping_address_2,shipping_postcode,shipping_city,shipping_state,shipping_country,shipping_company,customer_note,order_item_1,order_item_2,download_permissions_granted,order_notes,shipping_method_1,shipping_cost_1',
    ),
  },
  {
    title: 'Stripe payments, long form (51 columns)',
    preset: 'stripe-legacy',
    columns: row(
      'id,Description,Seller Message,Created (UTC),Amount,Amount Refunded,Currency,Converted Amount,Converted Amount Refunded,Fee,Tax,Converted Currency,Mode,Status,Statement Descriptor,Customer ID,Customer Description,Customer Email,Captured,Card ID,Card Last4,Card Brand,Card Funding,Card Exp Month,Card Exp Year,Card Name,Card Address Line1,Card Address Line2,Card Address City,Card Address State,Card Address Country,Card Address Zip,Card Issue Country,Card Fingerprint,Card CVC Status,Card AVS Zip Status,Card AVS Line1 Status,Card Tokenization Method,Disputed Amount,Dispute Status,Dispute Reason,Dispute Date (UTC),Dispute Evidence Due (UTC),Invoice ID,Payment Source Type,Destination,Transfer,Interchange Costs,Merchant Service Charge,Transfer Group,PaymentIntent ID',
    ),
  },
  {
    title: 'Stripe payments, current default (17 columns, 2026)',
    preset: 'stripe-without-customer',
    columns: row(
      'id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Amount Refunded,Converted Currency,Fee,Is Link,Mode,Payment Source Type,Status,Taxes On Fee,Application Fee,Application ID',
    ),
  },
  {
    title: 'Stripe payments, with customer and metadata (2026)',
    preset: 'stripe',
    columns: row(
      'id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Fee,Status,Description,Customer Email,Invoice ID,Transfer,Name (metadata),email (metadata),merchant_reference (metadata)',
    ),
  },
  {
    title: 'Square transactions (55 columns)',
    preset: 'square-transactions',
    columns: row(
      'Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,Partial Refunds,Total Collected,Source,Card,Card Entry Methods,Cash,Square Gift Card,Other Tender,Other Tender Type,Tender Note,Fees,Net Total,Transaction ID,Payment ID,Card Brand,PAN Suffix,Device Name,Staff Name,Staff ID,Details,Description,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Device Nickname,Third Party Fees,Deposit ID,Deposit Date,Deposit Details,Fee Percentage Rate,Fee Fixed Rate,Refund Reason,Discount Name,Transaction Status,Cash App,Order Reference ID,Fulfillment Note,Free Processing Applied,Channel,Unattributed Tips,Table Info,International Fee',
    ),
  },
  {
    title: 'Square items (33 columns)',
    preset: 'square-items',
    columns: row(
      'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,GTIN,Itemization Type,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix',
    ),
  },
  {
    title: 'Square items (35 columns)',
    preset: 'square-items',
    columns: row(
      'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,GTIN,Itemization Type,Commission,Employee,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix',
    ),
  },
  {
    title: 'Amazon all orders, flat file (TAB, 32 columns)',
    preset: 'amazon-all-orders',
    columns: row(
      'amazon-order-id|merchant-order-id|purchase-date|last-updated-date|order-status|fulfillment-channel|sales-channel|order-channel|url|ship-service-level|product-name|sku|asin|item-status|quantity|currency|item-price|item-tax|shipping-price|shipping-tax|gift-wrap-price|gift-wrap-tax|item-promotion-discount|ship-promotion-discount|ship-city|ship-state|ship-postal-code|ship-country|promotion-ids|is-business-order|purchase-order-number|price-designation',
      '|',
    ),
  },
  {
    title: 'Amazon new orders (TAB, 30 columns)',
    preset: 'amazon-new-orders',
    columns: row(
      'order-id|order-item-id|purchase-date|payments-date|buyer-email|buyer-name|buyer-phone-number|sku|product-name|quantity-purchased|currency|item-price|item-tax|shipping-price|shipping-tax|ship-service-level|recipient-name|ship-address-1|ship-address-2|ship-address-3|ship-city|ship-state|ship-postal-code|ship-country|ship-phone-number|delivery-start-date|delivery-end-date|delivery-time-zone|delivery-Instructions|sales-channel',
      '|',
    ),
  },
  {
    title: 'Amazon unshipped orders (TAB, 27 columns)',
    preset: 'amazon-unshipped',
    columns: row(
      'order-id|order-item-id|purchase-date|payments-date|reporting-date|promise-date|days-past-promise|buyer-email|buyer-name|buyer-phone-number|sku|product-name|quantity-purchased|quantity-shipped|quantity-to-ship|ship-service-level|recipient-name|ship-address-1|ship-address-2|ship-address-3|ship-city|ship-state|ship-postal-code|ship-country|is-business-order|purchase-order-number|price-designation',
      '|',
    ),
  },
  {
    title: 'Amazon date range / transaction report (CSV with preamble, 23 columns)',
    preset: 'amazon-date-range',
    columns: row(
      '"date/time","settlement id","type","order id","sku","description","quantity","marketplace","fulfillment","order city","order state","order postal","product sales","shipping credits","gift wrap credits","promotional rebates","sales tax collected","Marketplace Facilitator Tax","selling fees","fba fees","other transaction fees","other","total"',
    ),
  },
  {
    title: 'Etsy sold orders',
    preset: 'etsy-orders',
    columns: row(
      'Sale Date,Order ID,Buyer User ID,Full Name,First Name,Last Name,Number of Items,Payment Method,Date Shipped,Street 1,Street 2,Ship City,Ship State,Ship Zipcode,Ship Country,Currency,Order Value,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Shipping,Sales Tax,Order Total,Status,Card Processing Fees,Order Net,Adjusted Order Total,Adjusted Card Processing Fees,Adjusted Net Order Amount,Buyer,Order Type,Payment Type,InPerson Discount,InPerson Location,SKU',
    ),
  },
  {
    title: 'Etsy sold order items',
    preset: 'etsy-items',
    columns: row(
      '"Sale Date","Item Name",Buyer,Quantity,Price,"Coupon Code","Coupon Details","Discount Amount","Shipping Discount","Order Shipping","Order Sales Tax","Item Total",Currency,"Transaction ID","Listing ID","Date Paid","Date Shipped","Ship Name","Ship Address1","Ship Address2","Ship City","Ship State","Ship Zipcode","Ship Country","Order ID",Variations,"Order Type","Listings Type","Payment Type","InPerson Discount","InPerson Location","VAT Paid by Buyer",SKU',
    ),
  },
  {
    title: 'eBay orders report (51 columns)',
    preset: 'ebay',
    columns: row(
      'Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Buyer Note,Buyer Address 1,Buyer Address 2,Buyer City,Buyer State,Buyer Zip,Buyer Country,Ship To Name,Ship To Phone,Ship To Address 1,Ship To Address 2,Ship To City,Ship To State,Ship To Zip,Ship To Country,Item Number,Item Title,Custom Label,Sold Via Promoted Listings,Quantity,Sold For,Shipping And Handling,Seller Collected Tax,eBay Collected Tax,Total Price,eBay Collected Tax Included in Total,Payment Method,Sale Date,Paid On Date,Ship By Date,Minimum Estimated Delivery Date,Maximum Estimated Delivery Date,Shipped On Date,Feedback Left,Feedback Received,My Item Note,PayPal Transaction ID,Shipping Service,Tracking Number,Transaction ID,Variation Details,Global Shipping Program,Global Shipping Reference ID,Click And Collect,Click And Collect Reference Number,eBay Plus',
    ),
  },
  {
    title: 'PayPal activity (41 columns)',
    preset: 'paypal',
    columns: row(
      '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","To Email Address","Transaction ID","Shipping Address","Address Status","Item Title","Item ID","Shipping and Handling Amount","Insurance Amount","Sales Tax","Option 1 Name","Option 1 Value","Option 2 Name","Option 2 Value","Reference Txn ID","Invoice Number","Custom Number","Quantity","Receipt ID","Balance","Address Line 1","Address Line 2/District/Neighborhood","Town/City","State/Province/Region/County/Territory/Prefecture/Republic","Zip/Postal Code","Country","Contact Phone Number","Subject","Note","Country Code","Balance Impact"',
    ),
  },
  {
    title: 'Squarespace orders',
    preset: 'squarespace',
    columns: row(
      'Order ID,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Amount Refunded,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem variant,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Address1,Billing Address2,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Address1,Shipping Address2,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Cancelled at,Private Notes,Payment Method,Payment Reference',
    ),
  },
  {
    title: 'BigCommerce orders',
    preset: 'bigcommerce',
    columns: row(
      'Order ID,Order Date,Delivery Date,Order Status,Order Total,Cart Base Amount,Tax Total,Shipping Total,Refund Amount,Payment Method,Card Number (Last 4),First Name,Last Name,Email Address,Phone,Billing Street 1,Billing City,Billing State,Billing Zip Code,Billing Country,Shipping Street 1,Shipping City,Shipping State,Shipping Zip Code,Shipping Country,IP Address,Customer Message,Staff Notes',
    ),
  },
  {
    title: 'Gumroad sales',
    preset: 'gumroad',
    columns: row(
      'Purchase ID,Item Name,Buyer Name,Purchase Email,Purchase Date,Purchase Time (UTC timezone),Subtotal ($),Taxes ($),Shipping ($),Sale Price ($),Fees ($),Net Total ($),Refunded?,Partial Refund ($),Fully Refunded?,Discount Code,Country,Quantity',
    ),
  },
  {
    title: 'WooCommerce Advanced Order Export',
    preset: 'woocommerce-advanced-order-export',
    columns: row(
      'Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Email (Billing),Payment Method Title,Cart Discount Amount,Order Subtotal Amount,Order Shipping Amount,Order Refund Amount,Order Total Amount,Order Total Tax Amount,SKU,Item #,Item Name,Quantity (- Refund),Item Cost',
    ),
  },
  {
    title: 'eBay, German',
    preset: 'ebay-german',
    columns: row(
      'Verkaufsprotokollnummer,Bestellnummer,Nutzername des Käufers,Name des Käufers,Artikelnummer,Angebotstitel,Anzahl,Verkauft für,Verpackung und Versand,Gesamtbetrag,Verkauft am,Zahlungsdatum',
    ),
  },
  {
    title: 'Online Retail',
    preset: 'online-retail',
    columns: row('InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'),
  },
  {
    title: 'Online Retail II',
    preset: 'online-retail',
    columns: row('Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country'),
  },
  {
    title: 'Olist with payments',
    preset: 'olist-payments',
    columns: row(
      'order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_customer_date,customer_unique_id,payment_sequential,payment_type,payment_value',
    ),
  },
  {
    title: 'Olist with items',
    preset: 'olist-items',
    columns: row(
      'order_id,customer_id,order_status,order_purchase_timestamp,order_item_id,product_id,seller_id,price,freight_value,customer_unique_id,payment_value',
    ),
  },
  {
    title: 'retail transactions',
    preset: 'retail-transactions',
    columns: row('customer_id,tran_date,tran_amount'),
  },
  {
    title: 'Superstore',
    preset: 'superstore',
    columns: row(
      'Row ID,Order ID,Order Date,Ship Date,Ship Mode,Customer ID,Customer Name,Segment,Country,City,State,Postal Code,Region,Product ID,Category,Sub-Category,Product Name,Sales,Quantity,Discount,Profit',
    ),
  },
  {
    title: 'The Complete Journey',
    preset: 'complete-journey',
    columns: row(
      'household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,coupon_match_disc,week,transaction_timestamp',
    ),
  },
  {
    title: 'The Complete Journey, days',
    preset: 'complete-journey-days',
    columns: row('household_key,BASKET_ID,DAY,PRODUCT_ID,QUANTITY,SALES_VALUE,STORE_ID,RETAIL_DISC,TRANS_TIME,WEEK_NO'),
  },
  {
    title: 'the five columns',
    preset: 'original',
    columns: row(',Date,Customer ID,Order ID,Sales'),
  },
  {
    title: 'exported rejects',
    preset: 'rejects',
    columns: row('source_file,source_row,reason_code,Date,Customer ID,Order ID,Sales,Currency'),
  },
];
