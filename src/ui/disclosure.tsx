/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'

interface DisclosureProps {
  summary: Child
  open?: boolean | undefined
  children?: Child
}

/** Something most readers can skip. Open on paper. */
export function Disclosure({ summary, open, children }: DisclosureProps) {
  return (
    <details class="disclosure" open={open}>
      <summary>
        <span>{summary}</span>
      </summary>
      <div class="disclosure-body stack tight">{children}</div>
    </details>
  )
}

export interface Tab {
  label: string
  href: string
  current?: boolean | undefined
  count?: string | undefined
}

/** Views of one thing, each with its own address: plain links, so they work without JavaScript. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label}>
      <ul class="tabs">
        {tabs.map((tab) => (
          <li>
            <a href={tab.href} aria-current={tab.current ? 'page' : undefined}>
              {tab.label}
              {tab.count && <span class="count">{tab.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

interface PageFragmentProps {
  /** The ids of the regions that change; make them with `Region`. */
  regions: readonly string[]
  children?: Child
}

/**
 * GET forms in here, and links to other views of this same page (sorting, filters, next page),
 * replace only the named regions where JavaScript runs. The server answers with the whole page
 * either way; the regions may lie inside or elsewhere.
 */
export function PageFragment({ regions, children }: PageFragmentProps) {
  return <page-fragment data-regions={regions.join(' ')}>{children}</page-fragment>
}

interface RegionProps {
  id: string
  /** Read out when it changes: for a short status line ("23 results"), not for a long list. */
  live?: boolean | undefined
  children?: Child
}

export function Region({ id, live, children }: RegionProps) {
  return (
    <div id={id} data-region tabindex={-1} role={live ? 'status' : undefined}>
      {children}
    </div>
  )
}
