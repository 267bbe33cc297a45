/**
 * Wallets and the ways money moves between them: requests to be paid by link, short code or QR (EMV QRCPS merchant-presented
 * mode), codes that a payer shows at a till, one money changed for another through the dealer's accounts, files for banks and from them (ISO 20022 pain.001, camt.053 and camt.054, accounts by ISO 13616 and ISO 9362), and
 * adapters to licensed providers. The hub never claims to move real money: a provider does.
 */
export { askForMoney, askForMoneyOnce, cancelRequest, type AskParts } from './ask-for-money.ts'
export { findRequest, findRequestsOf } from './find-requests.ts'
export type { PaymentRequest } from './payment-request.ts'
export { findLevels } from './limits/find-levels.ts'
export { countMoved, limitKeys, parseLimits, unlimited, usualLimits } from './limits/limits.ts'
export type { Level, LimitParts, Limits } from './limits/limits.ts'
export { paymentKind, payRequests, type Pay } from './pay.ts'
export { convertMinor } from './exchange/convert-minor.ts'
export { exchangeMoney, exchangeKind, type ExchangeMoney } from './exchange/exchange-money.ts'
export { forgetUnusedQuotes } from './exchange/find-quotes.ts'
export { askOfDealer, quoteExchange } from './exchange/quote-exchange.ts'
export type { ExchangeParts, RateParts } from './exchange/quote-exchange.ts'
export type { ExchangeQuote, ExchangeSettings } from './exchange/exchange-quote.ts'
export { readCamt } from './iso20022/read-camt.ts'
export { reconcile, reportedIn } from './iso20022/reconcile.ts'
export { toPain001 } from './iso20022/to-pain001.ts'
export * from './rails/rails.ts'
