import type shops from '../../../messages/en/shops.json'

declare module '../../ui/messages.ts' {
  interface Catalogue {
    shops: keyof typeof shops
  }
}
