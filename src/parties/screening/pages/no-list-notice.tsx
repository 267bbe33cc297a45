/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Notice, type Language } from '../../../ui/index.ts'
import '../words.ts'

/** What the operator types to read the lists in, as docs/operating.md has it. */
const commands = [
  'ewtp screen import un consolidated.xml',
  'ewtp screen import eu export.xml',
  'ewtp screen import ofac sdn.csv alt.csv add.csv',
  'ewtp screen import bis dpl.txt',
]

/** Said wherever an officer might think that names were compared with something. */
export function NoListNotice({ language }: { language: Language }) {
  const { t } = language
  return (
    <Notice tone="warn" title={t('screening.lists.none')}>
      <p>{t('screening.lists.noneText')}</p>
      <ul class="list">
        {commands.map((command) => (
          <li>
            <kbd>{command}</kbd>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
