/**
 * The demo world: invented sellers of ten countries and some six hundred goods with true HS codes, made through the same
 * use cases as real ones. No law and no standard rules it; that it is invented is said wherever it is shown.
 */
export { demoSignIns, isDemo } from './demo-sign-ins.ts'
export { seedDemo, type DemoReport, type SeedOptions } from './seed-demo.ts'
