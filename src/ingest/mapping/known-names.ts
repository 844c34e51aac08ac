import type { TargetName } from './target.ts';

/** Names by how surely they mean the target: 1 the preferred, 0.9 and more known synonyms, below that weaker ones. */
export type KnownNames = Readonly<Partial<Record<TargetName, readonly (readonly [number, readonly string[]])[]>>>;

/**
 * Names seen in exports and databases, in English, German, French, Spanish, Italian, Dutch and Portuguese. Compared by
 * `foldedKey`, so one spelling of each is enough. `Name` is not the order (only Shopify calls it so), `id` is the
 * order's only where nothing better is there.
 */
export const knownNames: KnownNames = {
  date: [
    [1, ['Date', 'Order Date']],
    [
      0.9,
      [
        ...[
          'Created at',
          'Created',
          'Created (UTC)',
          'Created date (UTC)',
          'Created date',
          'Date created',
          'Created on',
        ],
        ...[
          'Purchase Date',
          'Date of purchase',
          'date/time',
          'Date and time',
          'Sale Date',
          'Sales Date',
          'Date of sale',
        ],
        ...['InvoiceDate', 'Transaction Date', 'trans_date', 'tran_date', 'txn_date', 'order_purchase_timestamp'],
        ...[
          'transaction_timestamp',
          'Order Time',
          'Ordered at',
          'Ordered on',
          'Date ordered',
          'Order placed',
          'Placed at',
        ],
        ...['Order datetime', 'Order timestamp', 'Order created at', 'Order Date (UTC)', 'Date (UTC)', 'Purchased at'],
        ...['Datum', 'Bestelldatum', 'Auftragsdatum', 'Kaufdatum', 'Verkaufsdatum', 'Bestellt am', 'Verkauft am'],
        ...['Date de commande', 'Date de la commande', 'Date commande', "Date d'achat", 'Date de vente', 'Créé le'],
        ...['Fecha', 'Fecha de pedido', 'Fecha del pedido', 'Fecha pedido', 'Fecha de compra', 'Fecha de venta'],
        ...['Data', 'Data ordine', "Data dell'ordine", 'Data acquisto', 'Data di acquisto', 'Data vendita'],
        ...['Besteldatum', 'Orderdatum', 'Aankoopdatum', 'Verkoopdatum'],
        ...['Data do pedido', 'Data da compra', 'Data da venda', 'Data pedido', 'Data da encomenda'],
      ],
    ],
    [
      0.8,
      ['Paid at', 'Payment Date', 'Date paid', 'Billing date', 'Rechnungsdatum', 'Buchungsdatum', 'Date de facture'],
    ],
    [0.8, ['Fecha de factura', 'Data fattura', 'Factuurdatum', 'Data da fatura', 'Timestamp', 'Day', 'Time']],
  ],
  customer: [
    [1, ['Customer ID', 'customer_unique_id']],
    [0.95, ['Customer']],
    [
      0.9,
      [
        ...['Customer Number', 'Customer No', 'Customer No.', 'Customer #', 'Customer Key', 'Customer Code', 'cust_id'],
        ...['Client ID', 'Client', 'Client Number', 'Buyer ID', 'Buyer User ID', 'Buyer Username', 'Buyer', 'User ID'],
        ...['Member ID', 'Member Number', 'Household ID', 'Shopper ID', 'Account ID', 'Contact ID', 'Subscriber ID'],
        ...['Kunde', 'Kunden-ID', 'Kundennummer', 'Kundennr', 'Kunden-Nr', 'Kunden Nr.', 'Kd-Nr', 'Käufer'],
        ...['ID client', 'Numéro client', 'Numéro de client', 'N° client', 'Code client', 'Identifiant client'],
        ...['Cliente', 'ID cliente', 'ID de cliente', 'ID del cliente', 'Número de cliente', 'N.º de cliente'],
        ...['Código cliente', 'Código de cliente', 'Codice cliente', 'Numero cliente', 'Código do cliente'],
        ...[
          'ID do cliente',
          'Número do cliente',
          'Klant',
          'Klantnummer',
          'Klant-ID',
          'Klantnr',
          'Comprador',
          'Acquirente',
        ],
      ],
    ],
    [
      0.8,
      [
        ...['Customer Email', 'Email', 'E-mail', 'Email Address', 'E-mail address', 'Billing Email', 'Buyer Email'],
        ...[
          'Customer Email Address',
          'Purchase Email',
          'From Email Address',
          'Client Email',
          'User Email',
          'customer_user',
        ],
        ...['E-Mail-Adresse', 'E-Mail des Kunden', 'Kunden-E-Mail', 'Adresse e-mail', 'Email client', 'Courriel'],
        ...['Correo electrónico', 'Correo', 'Email del cliente', 'Indirizzo e-mail', 'Email cliente', 'E-mailadres'],
        ...['Email (Billing)', 'Customer Reference', 'User', 'Username', 'Member'],
      ],
    ],
    [0.6, ['Customer Name', 'Buyer Name', 'Client Name', 'Kundenname', 'Nom du client', 'Nombre del cliente']],
    [0.6, ['Nome cliente', 'Nome do cliente', 'Klantnaam']],
  ],
  order: [
    [1, ['Order ID']],
    [0.95, ['Order']],
    [
      0.9,
      [
        ...[
          'Order Number',
          'Order No',
          'Order No.',
          'Order Nr',
          'Order #',
          'Order Key',
          'Order Code',
          'Order Reference',
        ],
        ...['Purchase ID', 'Purchase Number', 'Basket ID', 'Sales Order', 'Sales Order ID', 'Sales Order Number'],
        ...['Bestellung', 'Bestellnummer', 'Bestell-Nr', 'Bestell-ID', 'Bestellungs-ID', 'Bestellnr', 'Auftragsnummer'],
        ...['Auftrag', 'Auftragsnr', 'Auftrags-Nr.', 'Commande', 'Numéro de commande', 'N° de commande', 'N° commande'],
        ...['ID commande', 'Numéro commande', 'Référence commande', 'Pedido', 'Número de pedido', 'Nº de pedido'],
        ...['Nº pedido', 'ID de pedido', 'ID del pedido', 'Número pedido', 'Número do pedido', 'ID do pedido'],
        ...['Ordine', 'Numero ordine', "Numero d'ordine", 'ID ordine', 'N. ordine', 'Codice ordine', 'Encomenda'],
        ...['Número da encomenda', 'Bestelling', 'Ordernummer', 'Ordernr', 'Order-ID', 'Bestelling-ID'],
      ],
    ],
    [
      0.8,
      [
        ...['Transaction ID', 'Transaction Number', 'Transaction', 'Txn ID', 'Invoice', 'InvoiceNo', 'Invoice Number'],
        ...[
          'Invoice ID',
          'Invoice #',
          'Receipt',
          'Receipt Number',
          'Receipt ID',
          'Receipt No',
          'Sale ID',
          'Ticket Number',
        ],
        ...['PaymentIntent ID', 'Rechnungsnummer', 'Rechnungsnr', 'Rechnungs-Nr.', 'Belegnummer', 'Numéro de facture'],
        ...['N° facture', 'Número de factura', 'Numero fattura', 'Factuurnummer', 'Número da fatura'],
      ],
    ],
    [0.6, ['id']],
  ],
  amount: [
    [1, ['Sales', 'Sales Amount', 'Amount']],
    [
      0.9,
      [
        ...['Total', 'Order Total', 'Order Amount', 'Order Value', 'Order Total Amount', 'Total Amount', 'Total Price'],
        ...['Total Sales', 'Total Paid', 'Amount Paid', 'Grand Total', 'Net Sales', 'Revenue', 'Total Revenue'],
        ...['Sale Amount', 'Sales Value', 'Sale Value', 'Purchase Amount', 'Transaction Amount', 'tran_amount'],
        ...[
          'trans_amount',
          'Invoice Amount',
          'Invoice Total',
          'Line Total',
          'Line Amount',
          'Item Total',
          'Payment Value',
        ],
        ...['Total Charges', 'Amount Spent', 'Spend', 'Turnover', 'Total Value', 'Monetary Value', 'Order Revenue'],
        ...['Betrag', 'Gesamtbetrag', 'Gesamtpreis', 'Gesamtsumme', 'Summe', 'Umsatz', 'Bestellwert', 'Auftragswert'],
        ...['Rechnungsbetrag', 'Gesamt', 'Montant', 'Montant total', 'Montant de la commande', 'Total commande'],
        ...["Chiffre d'affaires", 'Montant TTC', 'Total TTC', 'Importe', 'Importe total', 'Monto', 'Monto total'],
        ...['Total del pedido', 'Total pedido', 'Ventas', 'Importo', 'Importo totale', 'Totale', 'Totale ordine'],
        ...['Fatturato', 'Bedrag', 'Totaalbedrag', 'Totaal', 'Orderbedrag', 'Omzet', 'Valor', 'Valor total'],
        ...['Total do pedido', 'Valor do pedido', 'Receita', 'Montante'],
      ],
    ],
    [0.8, ['Gross Sales', 'Gross', 'Gross Amount', 'Net Amount', 'Net Total', 'Subtotal', 'Sale Price', 'Value']],
    [0.6, ['list_price']],
  ],
  line: [
    [
      1,
      ['Line ID', 'Line Item ID', 'Order Line ID', 'Order Item ID', 'Line Number', 'Order Line', 'Line Item', 'Line'],
    ],
    [0.9, ['order_item_id', 'Row ID', 'Line No', 'Position', 'Positionsnummer']],
  ],
  product: [
    [1, ['Product', 'Product Name', 'Product ID', 'SKU', 'StockCode']],
    [0.9, ['Item', 'Item Name', 'Item Title', 'Product Title', 'Product Code', 'Item ID', 'Item Number', 'ASIN']],
    [0.9, ['Artikel', 'Artikelnummer', 'Artikelbezeichnung', 'Produkt', 'Produit', 'Article', 'Producto', 'Artículo']],
    [0.9, ['Prodotto', 'Articolo', 'Produto', 'Lineitem name', 'Product(s)']],
  ],
  quantity: [
    [1, ['Quantity', 'Qty']],
    [0.9, ['Units', 'Quantity Ordered', 'Order Quantity', 'Item Quantity', 'Units Sold', 'Items sold', 'Pieces']],
    [0.9, ['Menge', 'Anzahl', 'Stückzahl', 'Quantité', 'Cantidad', 'Quantità', 'Aantal', 'Quantidade']],
  ],
  unitPrice: [
    [1, ['Unit Price', 'Price']],
    [0.9, ['Price Each', 'Item Price', 'Price per unit', 'Unit Cost Price', 'Sales Price', 'Product Price']],
    [0.9, ['Einzelpreis', 'Stückpreis', 'Preis', 'Prix unitaire', 'Prix', 'Precio unitario', 'Precio']],
    [0.9, ['Prezzo unitario', 'Prezzo', 'Eenheidsprijs', 'Stukprijs', 'Prijs', 'Preço unitário', 'Preço']],
  ],
  channel: [
    [1, ['Channel', 'Sales Channel', 'Order Channel']],
    [
      0.9,
      ['Source', 'Order Source', 'Marketplace', 'Platform', 'Kanal', 'Vertriebskanal', 'Canal', 'Canale', 'Kanaal'],
    ],
  ],
  currency: [
    [1, ['Currency', 'Currency Code', 'Order Currency']],
    [0.9, ['Währung', 'Devise', 'Moneda', 'Divisa', 'Valuta', 'Moeda']],
  ],
  status: [
    [1, ['Order Status', 'Status']],
    [0.9, ['Financial Status', 'Payment Status', 'Transaction Status', 'Order State', 'State of order']],
    [0.9, ['Bestellstatus', 'Statut', 'Statut de la commande', 'Estado', 'Estado del pedido', 'Stato', 'Stato ordine']],
    [0.9, ['Orderstatus', 'Status do pedido']],
  ],
  refund: [
    [1, ['Refund Amount', 'Refunded Amount', 'Amount Refunded']],
    [0.9, ['Refund', 'Refunds', 'Refund Total', 'Total Refunded', 'Refunded', 'Partial Refund']],
    [0.9, ['Erstattung', 'Erstattungsbetrag', 'Remboursement', 'Reembolso', 'Rimborso', 'Terugbetaling']],
  ],
  discount: [
    [1, ['Discount Amount', 'Discount']],
    [0.9, ['Discounts', 'Discount Total', 'Total Discount', 'Order Discount']],
    [0.9, ['Rabatt', 'Remise', 'Descuento', 'Sconto', 'Korting', 'Desconto']],
  ],
  country: [
    [1, ['Country', 'Shipping Country', 'Ship Country', 'Ship To Country']],
    [0.9, ['Billing Country', 'Country Code', 'Customer Country', 'Land', 'Pays', 'País', 'Paese']],
  ],
};
