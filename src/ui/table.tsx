/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import type { Language } from './language.ts'

export interface Column {
  label: string
  numeric?: boolean | undefined
  /** Makes the head a link that sorts; `order` says how the rows lie now. */
  sort?: { href: string; order?: 'ascending' | 'descending' | undefined } | undefined
}

export interface Row {
  /** One per column; the first names the row. */
  cells: readonly Child[]
  /** Where the whole row leads. */
  href?: string | undefined
}

export interface TableProps {
  caption: Child
  hideCaption?: boolean | undefined
  columns: readonly Column[]
  rows: readonly Row[]
  /** A last row of totals, one cell per column. */
  foot?: readonly Child[] | undefined
  /** Cards on a narrow screen, which is the default; `false` for a table of two short columns. */
  stack?: boolean | undefined
  language: Language
}

/**
 * A real table. On a narrow screen each row becomes a card whose values carry their column's name;
 * the roles are written out because `display: block` takes them away in some browsers.
 */
export function Table({ columns, rows, foot, language, ...props }: TableProps) {
  return (
    <div class="table-wrap">
      <table class={props.stack === false ? 'table' : 'table table-stack'} role="table">
        <caption class={props.hideCaption ? 'hidden' : undefined}>{props.caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <Head column={column} language={language} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map(({ cells, href }) => (
            <Cells columns={columns} cells={cells} href={href} />
          ))}
        </tbody>
        {foot && (
          <tfoot role="rowgroup">
            <Cells columns={columns} cells={foot} />
          </tfoot>
        )}
      </table>
    </div>
  )
}

function Head({ column, language }: { column: Column; language: Language }) {
  const { label, numeric, sort } = column
  const next = sort?.order === 'ascending' ? 'ui.sortDescending' : 'ui.sortAscending'
  return (
    <th
      role="columnheader"
      scope="col"
      class={numeric ? 'numeric' : undefined}
      aria-sort={sort?.order}
    >
      {sort ? (
        <a href={sort.href} title={language.t(next, { column: label })}>
          {label}
        </a>
      ) : (
        label
      )}
    </th>
  )
}

interface CellsProps {
  columns: readonly Column[]
  cells: readonly Child[]
  href?: string | undefined
}

function Cells({ columns, cells, href }: CellsProps) {
  return (
    <tr role="row">
      {columns.map(({ label, numeric }, index) => {
        const classes = numeric ? 'numeric' : undefined
        const cell = cells[index]
        if (index > 0) {
          return (
            <td role="cell" class={classes} data-label={label}>
              {isEmpty(cell) ? null : <div>{cell}</div>}
            </td>
          )
        }
        return (
          <th role="rowheader" scope="row" class={classes}>
            {href ? (
              <a class="row-link" href={href}>
                {cell}
              </a>
            ) : (
              cell
            )}
          </th>
        )
      })}
    </tr>
  )
}

/** An empty cell is left out of the card on a narrow screen. */
function isEmpty(cell: Child): boolean {
  return cell === undefined || cell === null || cell === '' || cell === false
}
