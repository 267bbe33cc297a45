// Makes the messages of this capability known to the type checker.
import type en from '../../messages/en/parties.json'

declare module '../ui/messages.ts' {
  interface Catalogue {
    parties: keyof typeof en
  }
}
