/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'

export interface Share {
  label: string
  /** How much of the bar, as a decimal; only its length on the screen is worked out from it. */
  amount: string
  /** What the legend says beside the label: the amount, or the percentage. */
  value: Child
  /** Colour and pattern. Give the same thing the same tone everywhere. */
  tone: ShareTone
}

export type ShareTone = 1 | 2 | 3 | 4 | 5 | 6

/**
 * One bar divided into parts, with a legend that carries the same facts as words. Each tone has its
 * own hatching, for those who do not tell the colours apart and for black and white paper. The
 * sizes are SVG attributes, since pages may hold no inline style.
 */
export function ShareBar({
  id,
  label,
  shares,
}: {
  id: string
  label: string
  shares: readonly Share[]
}) {
  const parts = lengths(shares)
  return (
    <figure class="share-bar" aria-label={label}>
      <svg width="100%" height="32" aria-hidden="true" focusable="false">
        <defs>
          {shares.map(({ tone }) => (
            <Hatching id={`${id}-${tone}`} tone={tone} />
          ))}
        </defs>
        {parts.map(({ tone, from, length }) => (
          <>
            <rect class={`tone-${tone}`} x={`${from}%`} width={`${length}%`} height="100%" />
            <rect fill={`url(#${id}-${tone})`} x={`${from}%`} width={`${length}%`} height="100%" />
            {from > 0 && <rect class="tone-paper" x={`${from}%`} width="2" height="100%" />}
          </>
        ))}
      </svg>
      <ul class="legend">
        {shares.map(({ tone, label: name, value }) => (
          <li>
            <svg width="18" height="18" aria-hidden="true" focusable="false">
              <rect class={`tone-${tone}`} width="18" height="18" />
              <rect fill={`url(#${id}-${tone})`} width="18" height="18" />
            </svg>
            <span>{name}</span>
            <strong class="figures">{value}</strong>
          </li>
        ))}
      </ul>
    </figure>
  )
}

const hatchings: Record<ShareTone, string> = {
  1: '',
  2: 'M-2 10L10-2M-2 2L2-2M6 10L10 6',
  3: 'M0 4H8',
  4: 'M3 4a1 1 0 1 0 2 0a1 1 0 1 0-2 0',
  5: 'M4 0V8',
  6: 'M-2-2L10 10M-2 6L2 10M6-2L10 2',
}

function Hatching({ id, tone }: { id: string; tone: ShareTone }) {
  return (
    <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse">
      <path class="hatch" d={hatchings[tone]} stroke-width="1.5" stroke-opacity="0.55" />
    </pattern>
  )
}

/** Where each part begins and how long it is, in percent with two decimals. */
function lengths(shares: readonly Share[]) {
  const whole = shares.reduce((sum, { amount }) => sum + Number(amount), 0)
  let reached = 0
  return shares.map(({ tone, amount }) => {
    const from = reached
    reached += whole > 0 ? (Number(amount) / whole) * 100 : 0
    return { tone, from: round(from), length: round(reached - from) }
  })
}

function round(percent: number): number {
  return Math.round(percent * 100) / 100
}
