import { argon2, type Argon2Algorithm, type Argon2Parameters } from 'node:crypto'
import type { RandomBytes } from '../basis/uuid.ts'
import { refused, type Refused } from '../basis/refusal.ts'
import { sameBytes } from './tokens.ts'

/** OWASP's first recommendation for Argon2id (Password Storage Cheat Sheet): some 40 ms of one core. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const
const algorithm = 'argon2id' satisfies Argon2Algorithm
const hashBytes = 32

/** In characters, as people count them; not in the units of a string, of which an emoji has two. */
export const passwordLength = { least: 10, most: 200 } as const

/** Argon2id of the password, as a PHC string that carries its own parameters. */
export async function hashPassword(password: string, random: RandomBytes): Promise<string> {
  const salt = random(16)
  const hash = await derive({
    message: normal(password),
    nonce: salt,
    tagLength: hashBytes,
    ...cost,
  })
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`
}

/** Takes the same time whether there is a person (with a password) or not: `stored` undefined. */
export async function passwordMatches(
  password: string,
  stored: string | undefined,
): Promise<boolean> {
  const { salt, hash, ...parameters } = parsePhc(stored ?? nobodys)
  // What is longer than any that was kept costs no more than it must.
  const message = normal([...password].slice(0, passwordLength.most).join(''))
  const made = await derive({ message, nonce: salt, tagLength: hash.length, ...parameters })
  return sameBytes(made, hash) && stored !== undefined
}

/** Of no password at all; only its cost matters. */
const nobodys = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$AAAAAAAAAAAAAAAAAAAAAA$${'A'.repeat(43)}`

/**
 * Length counts, not kinds of characters (NIST SP 800-63B, 3.1.1); what everybody tries first, or what
 * stands in the person's own name or address, is refused.
 */
export function checkPassword(password: string, about: readonly string[]): Refused | undefined {
  const { least, most } = passwordLength
  const length = [...password].length
  if (length < least) return refused('password-too-short', { least })
  if (length > most) return refused('password-too-long', { most })
  const plain = normal(password).toString('utf8').toLowerCase()
  const bare = plain.replaceAll(/[^\p{L}]+/gu, '')
  const own = about.flatMap((text) => text.toLowerCase().split(/[@\s.]+/)).filter(isLong)
  const left = own.reduce((rest, word) => rest.replaceAll(word, ''), plain)
  const guessed = tooCommon.has(bare) || new Set(plain).size < 5 || isRun(plain) || left.length < 5
  return guessed ? refused('password-too-common') : undefined
}

const isLong = (word: string): boolean => word.length >= 4

/** `1234567890`, `qwertyuiop` and the like, forwards or backwards. */
function isRun(text: string): boolean {
  const rows = ['0123456789012345', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm']
  return rows.some((row) => {
    const back = [...row].toReversed().join('')
    return [row, back].some((keys) => keys.includes(text) || keys.includes(text.slice(0, 10)))
  })
}

/** The letters of passwords that lists of stolen ones hold in thousands of spellings. */
const tooCommon = new Set(
  `password passwords passw pass letmein welcome welcomehome admin administrator qwerty qwertyuiop
   qwertyui qazwsxedc asdfghjkl zxcvbnm iloveyou ilovegod football baseball basketball superman
   batman starwars princess sunshine dragon monkey master shadow trustno changeme secret login
   whatever computer internet samsung google facebook mustang michael jennifer jordan charlie
   liverpool chelsea arsenal pokemon minecraft blink abc abcabc aaa test testing guest default
   temporary summer winter spring autumn january december monday friday shopping seller ewtp`
    .split(/\s+/)
    .flatMap((word) => [word, word + word]),
)

function parsePhc(text: string) {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(text)
  if (!match) throw new Error('A stored password is no Argon2id string')
  const [, memory, passes, parallelism, salt = '', hash = ''] = match
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

function derive(parameters: Argon2Parameters): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2(algorithm, parameters, (error, hash) => (error ? reject(error) : resolve(hash)))
  })
}

/** The same word typed on another keyboard has the same bytes. */
const normal = (password: string): Buffer => Buffer.from(password.normalize('NFKC'), 'utf8')

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replace(/=+$/, '')
