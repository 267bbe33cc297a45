import type demo from '../../../messages/en/demo.json'

declare module '../../ui/messages.ts' {
  interface Catalogue {
    demo: keyof typeof demo
  }
}
