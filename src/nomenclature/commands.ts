// `ewtp classify "..."`: one turn of guided classification on the command line. Exit codes as everywhere: 0 a sure code,
// 1 a question or a text that is too vague, 2 wrong usage, 3 a fault.
import type { Command } from 'commander'
import type { Classification } from './classify.ts'
import { readAnswer, type Answered } from './questions.ts'

export function registerNomenclature(program: Command): void {
  program
    .command('classify <text>')
    .description('the HS 2022 code for goods in plain words, or the question that decides most')
    .option('--locale <locale>', 'language of the text and of the names: en, zh-Hans, ms, th, fr')
    .option('--answer <answers...>', 'answers so far, each as question=answer, such as 6109-1=1')
    .option('--json', 'print the turn as json')
    .action(
      async (
        text: string,
        options: { locale?: string; answer?: readonly string[]; json?: boolean },
      ) => {
        const { createNomenclature } = await import('./create-nomenclature.ts')
        const nomenclature = createNomenclature()
        const answers = (options.answer ?? []).map(answerOption)
        const turn = nomenclature.classify(text, {
          ...(options.locale ? { locale: options.locale } : {}),
          answers,
        })
        console.log(options.json ? JSON.stringify(turn) : turnText(turn))
        if (turn.state !== 'sure') process.exitCode = 1
      },
    )
}

function answerOption(text: string): Answered {
  const answer = readAnswer(text)
  if (answer) return answer
  const message = `--answer takes question=answer, such as 6109-1=1; ${text} is none`
  throw Object.assign(new Error(message), { code: 'ewtp.usage', exitCode: 2 })
}

const said = {
  sure: 'sure',
  ask: 'likely, one question left',
  'too-vague': 'too vague',
} as const

const wanted = {
  text: 'there are no words: say what it is',
  thing: 'say what the thing itself is, such as "cotton T-shirt"',
  'known-word': 'none of the words is known: say it in other words',
} as const

function turnText({
  state,
  missing,
  code,
  name,
  confidence,
  rivals,
  question,
}: Classification): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`
  const lines = [
    code ? `${code} ${name} (${said[state]}, ${percent(confidence ?? 0)})` : said[state],
    ...(missing ? [`  ${wanted[missing]}`] : []),
    ...rivals
      .slice(1, 5)
      .filter((rival) => rival.confidence >= 0.01)
      .map((rival) => `  or ${rival.code} ${rival.name} (${percent(rival.confidence)})`),
  ]
  if (question) {
    lines.push(
      '',
      question.text || (question.answers.length > 1 ? 'Which of these is it?' : 'Is it this?'),
    )
    for (const answer of question.answers)
      lines.push(`  --answer ${question.id}=${answer.id}  ${answer.text}`)
  }
  return lines.join('\n')
}
