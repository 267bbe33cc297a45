// People with money, and a bank that takes files, with sandbox money.
import { expect } from 'vitest'
import type { Holder } from '../../src/ledger/index.ts'
import { readCamt, reportedIn } from '../../src/payments/index.ts'
import { isRefused } from '../../src/basis/refusal.ts'
import { createSandboxBank, endToEndOf } from '../../src/payments/rails/bank/bank-rail.ts'
import { makeBankFiles, type MakeBankFile } from '../../src/payments/rails/bank/make-bank-files.ts'
import { writePayee } from '../../src/payments/rails/bank/payee.ts'
import { sayHowItEnded } from '../../src/payments/rails/bank/say-how-it-ended.ts'
import { takeStatement } from '../../src/payments/rails/bank/take-statement.ts'
import type { Answer, Command } from '../../src/db/index.ts'
import type { TestDatabase } from './database.ts'
import { scriptedWorld } from './rail-world.ts'

export const payee = {
  ...{ name: 'Amina Batik', town: 'Ipoh', country: 'MY' },
  account: { iban: 'DE89370400440532013000' },
}

export function bankWorld(db: TestDatabase) {
  const world = scriptedWorld(db)
  const rail = createSandboxBank(db, 'Test hub')
  const parts = { ...world.parts, rails: new Map([...world.parts.rails, [rail.name, rail]]) }
  Object.assign(world.parts, { rails: parts.rails })
  /** A payout that waits for a file. */
  const waiting = async (holder: Holder, amount: bigint): Promise<string> => {
    world.pass(1)
    const ask = { ...world.payout(holder, amount), rail: rail.name, to: writePayee(payee) }
    expect(await world.ask(ask)).toEqual(['201'])
    await world.work()
    expect(await world.stateOf(ask.id)).toBe('sent')
    return ask.id
  }
  const rich = async (): Promise<Holder> => {
    const holder = world.person()
    await world.toppedUp(holder, 1_000n)
    return holder
  }
  const today = (): string => new Date(world.clock.now()).toISOString().slice(0, 10)
  /** The form of an operator; sent again it is the same command. */
  const fileOf = (payouts: readonly string[], more = {}): Command<MakeBankFile> => {
    const id = world.newId()
    const body = { id, rail: rail.name, bank: rail.bank!, payouts, on: today(), ...more }
    return { actor: 'nadia', kind: 'bank-file', key: id, request: id, body }
  }
  /** `201`, or the status and the code of the refusal. */
  const codeOf = (answer: Answer | undefined): string => {
    if (answer?.answer !== 'done') return answer?.answer ?? 'none'
    const { code = '' } = JSON.parse(answer.outcome.body) as { code?: string }
    return `${answer.outcome.status} ${code}`.trim()
  }
  const make = async (command: Command<MakeBankFile>): Promise<string> =>
    codeOf((await makeBankFiles(parts, [command], world.clock.now()))[0])
  const sayCommand = (
    payouts: readonly string[],
    outcome: 'done' | 'failed',
    { reason = 'as the bank told by telephone', own = [] as string[] } = {},
  ) => {
    const key = world.newId()
    const body = { payouts, outcome, reason, own }
    return { actor: 'nadia', kind: 'bank-word', key, request: key, body }
  }
  const sayAgain = async (command: ReturnType<typeof sayCommand>): Promise<string> =>
    codeOf((await sayHowItEnded(parts, [command], world.clock.now()))[0])
  const say = (...given: Parameters<typeof sayCommand>): Promise<string> =>
    sayAgain(sayCommand(...given))
  /** A statement: `-50` is paid, `+50` came back. */
  const statement = (...lines: [id: string, amount: `${'+' | '-'}${string}`][]) => {
    const day = today()
    const entries = lines.map(([id, amount]) => {
      const back = amount.startsWith('+')
      const returned = back ? '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>' : ''
      return `<Ntry><Amt Ccy="MYR">${amount.slice(1)}</Amt><CdtDbtInd>${back ? 'CRDT' : 'DBIT'}</CdtDbtInd>
        <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><BkTxCd><Prtry><Cd>X</Cd></Prtry></BkTxCd><NtryDtls><TxDtls>
        <Refs><EndToEndId>${endToEndOf(id)}</EndToEndId></Refs>${returned}</TxDtls></NtryDtls></Ntry>`
    })
    return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
      <BkToCstmrStmt><GrpHdr><MsgId>S-1</MsgId><CreDtTm>${day}T20:00:00Z</CreDtTm></GrpHdr><Stmt><Id>1</Id>
      <Acct><Id><Othr><Id>SANDBOX</Id></Othr></Id></Acct>${entries.join('')}</Stmt></BkToCstmrStmt></Document>`
  }
  /** How many ended by it: `2 done 1 failed`. */
  const take = async (xml: string): Promise<string> => {
    const file = readCamt(Buffer.from(xml))
    if (isRefused(file)) throw new Error(JSON.stringify(file))
    const theirs = reportedIn(file)
    const named = theirs.flatMap(({ endToEndId = '' }) =>
      endToEndId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    )
    const scope = { named, days: [world.clock.now(), world.clock.now()] as const }
    const { done, failed } = await takeStatement(parts, rail.name, file, theirs, scope, 'nadia')
    return `${done} done ${failed} failed`
  }
  return {
    ...{ ...world, parts, rail, waiting, rich, today, fileOf, make, codeOf },
    ...{ sayCommand, sayAgain, say, statement, take },
  }
}
