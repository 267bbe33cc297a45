/**
 * What sellers offer: goods with their variants, prices, stock, pictures and words in several languages, and what they
 * are in law - the subheading of the Harmonized System (WCO, edition 2022), the origin, materials, mass and measures.
 * An offer goes on sale only when it is export-ready for a destination: a lane takes it there and the tariff of that
 * destination gives a price at the door. Batch-first: files, programs and forms save through the same use case.
 */
export { checkDraft, isLocale, most, type DraftFault, type FaultCode } from './check-draft.ts'
export type { DoorExchange, MoneyChanger } from './door-exchange.ts'
export { createDoorPrices, type DoorPrices } from './door-prices.ts'
export { findOffer, findOfferBySlug, findOffers, type OfferKey } from './find-offers.ts'
export { findGoodsFacts } from './find-goods-facts.ts'
export { judgeWith, readinessOf, type JudgeParts } from './judge-offers.ts'
export { countOffers, listOffers, type OfferRow } from './list-offers.ts'
export { decideMarkets, findMarketDecisions } from './markets.ts'
export { activeVariants, onHandOf, optionsText, picturesFor, textFor } from './offer.ts'
export type {
  Classified,
  Offer,
  OfferDraft,
  OfferStatus,
  Owner,
  TextSource,
  Variant,
  VariantDraft,
} from './offer.ts'
export { completeParts } from './parts.ts'
export { pictureUrl } from './pictures/serve-picture.ts'
export { keepPicture, readyPicture, storePicture } from './pictures/store-picture.ts'
export { mostBytes as mostPictureBytes } from './pictures/check-picture.ts'
export type { PictureForm, ReadyPicture, StoredPicture } from './pictures/store-picture.ts'
export { isPriced, priceAtDoor, priceTogether, priceWithLanes } from './price-at-door.ts'
export type { DoorAsk, DoorLine, DoorParts, DoorPrice, DoorStatus } from './price-at-door.ts'
export type { Journey } from './price-at-door.ts'
export { exchangeLines } from './shops/exchange-line.ts'
export { leadVariant, readiness, type Readiness, type Seller } from './readiness.ts'
export { destinationOf } from './shops/visitor.ts'
export { saveOffers } from './save-offers.ts'
export { findSoldThere } from './sold-where.ts'
export { loadStock, putBack, takeStock, writeStock } from './stock.ts'
export type { StockDraft, StockLine } from './stock.ts'
export type { OfferVerdict, SaveOffer, SaveOutcome, SaveParts } from './save-offers.ts'
