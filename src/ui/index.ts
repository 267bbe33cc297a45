/**
 * What pages are made of: layout, fields, tables, figures, the world map, and the reader's language.
 * Everything is rendered on the server and works without JavaScript; accessibility follows WCAG 2.2
 * AA, form errors follow the pattern of the GOV.UK Design System. This folder knows no capability.
 */
export * from './assets.ts'
export * from './badge.tsx'
export * from './button.tsx'
export * from './choices.tsx'
export * from './disclosure.tsx'
export * from './emblem.tsx'
export * from './figures.tsx'
export type { FieldProps } from './field.tsx'
export * from './follow.ts'
export * from './forms.tsx'
export type { LanguageLink, NavLink } from './header.tsx'
export * from './language.ts'
export * from './layout.tsx'
export { Mark } from './mark.tsx'
export * from './map/world-map.ts'
export { locales, messagesFor } from './messages.ts'
export type { Catalogue, MessageKey, MessageValues, Translate } from './messages.ts'
export { pathWithin } from './path-within.ts'
export * from './reader.ts'
export * from './share-bar.tsx'
export * from './structure.tsx'
export * from './style-guide.tsx'
export * from './table.tsx'
export * from './wait-for.tsx'
