import type { Day } from '../basis/day.ts'
import { createTariff } from './create-tariff.ts'
import { checkExample, readExamples } from './examples.ts'

/** Reads every rule file whole and runs the worked cases; the lines say what is wrong and where. */
export function checkRules(
  rulesFolder: string,
  overlay: string | undefined,
  wanted: readonly string[],
  today: Day,
): { lines: string[]; wrong: number } {
  const tariff = createTariff({ rulesFolder, ...(overlay === undefined ? {} : { overlay }) })
  const lines: string[] = []
  let wrong = 0
  const broken = new Set<string>()
  const isWanted = (code: string): boolean => wanted.length === 0 || wanted.includes(code)
  for (const code of tariff.territories.filter(isWanted))
    try {
      const rules = tariff.rules(code)
      for (const { path, file } of rules.schedules) {
        const schedule = tariff.schedule(path, `${code}/${file}`)
        for (const line of schedule.lines())
          for (const column of schedule.columns.slice(3)) schedule.cell(line, column)
      }
      if (tariff.destinations.includes(code)) tariff.on(code, today)
    } catch (error) {
      wrong += 1
      broken.add(code)
      lines.push(`${code}: ${(error as Error).message}`)
    }
  const cases = { hand: 0, authority: 0 }
  let right = 0
  for (const example of readExamples(rulesFolder)) {
    if (!isWanted(example.file.split('/')[0] as string)) continue
    cases[example.by] += 1
    // What is wrong with its rules has been said.
    if (broken.has(example.to)) continue
    const differences = checkExample(tariff, example)
    if (differences.length === 0) right += 1
    else wrong += 1
    for (const each of differences) lines.push(`${example.file} ${example.id}: ${each}`)
  }
  lines.push(
    `${right} of ${cases.hand + cases.authority} worked cases met (${cases.hand} by hand, ${cases.authority} by authority)`,
  )
  return { lines, wrong }
}
