// Makes the messages of screening known to the type checker.
import type en from '../../../messages/en/screening.json'

declare module '../../ui/messages.ts' {
  interface Catalogue {
    screening: keyof typeof en
  }
}
