/**
 * How goods get from one country to another and what carriers ask for it: services, the lanes between countries on
 * which they run, and rate cards by mass, volume and zone, each with the days on which it holds and its source. Freight
 * is part of the customs value in most territories (WTO Valuation Agreement, article 8.2) and of every price at the
 * door, so it follows the rules of money here: exact, dated, cited. Countries are ISO 3166-1, currencies ISO 4217,
 * goods HS codes; what a carrier settles on entry is Incoterm DDP. Where no lane leads there is no price, never a
 * free one.
 */
export { cheapest, priceLoad, type CommonValue, type Freight, type Load } from './freight.ts'
export { deliveryOf, type Delivery } from './delivery.ts'
export { findLanes, type LaneQuestion } from './find-lanes.ts'
export { importLanes, type LaneImport } from './import-lanes.ts'
export { packLine, type PackItem, type Packing } from './pack-line.ts'
export { priceLane, priceLanes, type LaneQuote } from './price-lane.ts'
export type { GoodsKind, Lane, LaneId, LaneSource, Parcel, Transport } from './lane.ts'
export { goodsKinds } from './lane.ts'
export { demoLanes } from './demo-lanes.ts'
export { laneFile, type LaneCells } from './write-lane-file.ts'
export type { RowFault } from './fault.ts'
export { refusalSentence } from './words.ts'
