import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Refusal } from '../basis/refusal.ts'
import {
  canBeWritten,
  parseLimits,
  parsePayingAccounts,
  type BankSettings,
  type ExchangeSettings,
  type Limits,
} from '../payments/index.ts'

/** What is fixed for the life of a hub process. */
export interface HubConfig {
  id: string
  name: string
  /**
   * ISO 3166 code of the customs territory that the hub serves; null until the operator chose one.
   */
  territory: string | null
  version: string
  /** Where people reach the hub, such as `https://hub.example`; without it, what the browser asks for. */
  origin?: string | undefined
  /** A proxy of the operator's own stands in front and adds the visitor's address last. */
  behindProxy?: boolean | undefined
  /** How many requests programs may make; without it, as many as they like. */
  apiLimits?: ApiLimits | undefined
  /** Registrations under customs schemes that the hub holds as a marketplace, such as CN-CBEC; without it, not stated. */
  schemes?: readonly string[] | undefined
  /** What changing money costs and how old a rate may be; without it, as usual. */
  exchange?: Partial<ExchangeSettings> | undefined
  /** How much money people may move; without it, as usual where real money moves, and else as much as they like. */
  limits?: Limits | undefined
}

/** Requests at once, and as many again over each minute; 0 is no limit. */
export interface ApiLimits {
  perAddress: number
  perKey: number
}

export const usualApiLimits: ApiLimits = { perAddress: 600, perKey: 3_000 }

/** What an operator sets outside of the database: the hub's address and its mail server. */
export interface Surroundings {
  origin?: string
  behindProxy?: boolean
  apiLimits?: ApiLimits
  schemes?: readonly string[]
  exchange?: Partial<ExchangeSettings>
  limits?: Limits
  mail?: MailServer
  stripe?: StripeSettings
  bank?: BankSettings
}

/** Secrets: they are in no configuration that anything else is given. */
export interface StripeSettings {
  /** `sk_live_…`, `rk_live_…`; with `_test_` no real money moves. */
  secretKey: string
  /** `whsec_…` of the endpoint `/rails/stripe/callback`; two while it is changed. */
  webhookSecrets: readonly string[]
  /** A payment method by redirect: `alipay`. */
  method: string
}

export interface MailServer {
  /** `smtps://name:password@mail.example:465` */
  url: string
  /** The address that mails come from. */
  from: string
}

/**
 * Reads EWTP_ORIGIN, EWTP_BEHIND_PROXY, EWTP_API_PER_ADDRESS, EWTP_API_PER_KEY, EWTP_SCHEMES (`CN-CBEC,EU-IOSS`), EWTP_LIMITS, EWTP_STRIPE_*,
 * EWTP_BANK_*, EWTP_SMTP_URL and EWTP_MAIL_FROM. Mails hold links that sign people in, so that they need an address which no visitor can make up.
 */
export function surroundingsFrom(env: Readonly<Record<string, string | undefined>>): Surroundings {
  const { EWTP_ORIGIN: told, EWTP_SMTP_URL: url, EWTP_MAIL_FROM: from } = env
  const origin = told ? URL.parse(told)?.origin : undefined
  if (told && !origin?.startsWith('http'))
    throw new Refusal('bad-origin', { EWTP_ORIGIN: told, example: 'https://hub.example' })
  if (url && (!origin || !from))
    throw new Refusal('mail-incomplete', { EWTP_SMTP_URL: 'needs EWTP_ORIGIN and EWTP_MAIL_FROM' })
  return {
    ...(origin ? { origin } : {}),
    ...(env['EWTP_BEHIND_PROXY'] ? { behindProxy: true } : {}),
    ...apiLimitsFrom(env),
    ...exchangeFrom(env),
    ...schemesFrom(env),
    ...limitsFrom(env),
    ...stripeFrom(env),
    ...bankFrom(env),
    ...(url && from ? { mail: { url, from } } : {}),
  }
}

/** What is not told is as usual; a hub that is told neither is left to whoever starts it. */
function apiLimitsFrom(env: Readonly<Record<string, string | undefined>>): {
  apiLimits?: ApiLimits
} {
  const { EWTP_API_PER_ADDRESS: address, EWTP_API_PER_KEY: key } = env
  if (!address && !key) return {}
  for (const [name, told] of Object.entries({
    EWTP_API_PER_ADDRESS: address,
    EWTP_API_PER_KEY: key,
  }))
    if (told && !/^\d{1,7}$/.test(told))
      throw new Refusal('bad-api-limit', { [name]: told, example: '600' })
  const perAddress = Number(address || usualApiLimits.perAddress)
  return { apiLimits: { perAddress, perKey: Number(key || usualApiLimits.perKey) } }
}

function schemesFrom({ EWTP_SCHEMES: told }: Readonly<Record<string, string | undefined>>): {
  schemes?: readonly string[]
} {
  if (told === undefined) return {}
  const schemes = told.split(',').flatMap((word) => word.trim() || [])
  const wrong = schemes.find((word) => !/^[A-Z0-9]+(-[A-Z0-9]+)*$/.test(word))
  if (wrong) throw new Refusal('bad-scheme', { EWTP_SCHEMES: wrong, example: 'CN-CBEC,EU-IOSS' })
  return { schemes }
}

/**
 * EWTP_STRIPE_SECRET_KEY, EWTP_STRIPE_WEBHOOK_SECRET (two with a comma while it is changed) and EWTP_STRIPE_METHOD (`alipay`
 * unless told). A refusal names what is wrong and never the value.
 */
function stripeFrom(env: Readonly<Record<string, string | undefined>>): {
  stripe?: StripeSettings
} {
  const { EWTP_STRIPE_SECRET_KEY: key, EWTP_STRIPE_WEBHOOK_SECRET: hook } = env
  if (!key && !hook) return {}
  const webhookSecrets = (hook ?? '').split(',').filter(Boolean)
  const method = env['EWTP_STRIPE_METHOD'] || 'alipay'
  const needs = (name: string, example: string) =>
    new Refusal('bad-stripe-setting', { name, example })
  if (!/^[sr]k_(test|live)_\w+$/.test(key ?? '')) throw needs('EWTP_STRIPE_SECRET_KEY', 'sk_test_…')
  if (webhookSecrets.length === 0 || !webhookSecrets.every((each) => /^whsec_\w+$/.test(each)))
    throw needs('EWTP_STRIPE_WEBHOOK_SECRET', 'whsec_…')
  if (!/^[a-z_]+$/.test(method)) throw needs('EWTP_STRIPE_METHOD', 'alipay')
  return { stripe: { secretKey: key ?? '', webhookSecrets, method } }
}

/**
 * EWTP_BANK_DEBTOR, EWTP_BANK_ACCOUNTS (`EUR=DE89370400440532013000@COBADEFFXXX,JPY=0012345@WESTGB2L`) and EWTP_BANK_CHARACTERS
 * (`latin` unless told). Real money leaves by it, so that test money of another provider must not come in beside it.
 */
function bankFrom(env: Readonly<Record<string, string | undefined>>): { bank?: BankSettings } {
  const { EWTP_BANK_DEBTOR: told, EWTP_BANK_ACCOUNTS: list } = env
  if (!told && !list) return {}
  const needs = (name: string, example: string) =>
    new Refusal('bad-bank-setting', { name, example })
  const characters = env['EWTP_BANK_CHARACTERS'] || 'latin'
  if (characters !== 'latin' && characters !== 'any') throw needs('EWTP_BANK_CHARACTERS', 'latin')
  const debtor = told?.trim() ?? ''
  if (debtor === '' || debtor.length > 70 || !canBeWritten(debtor, characters))
    throw needs('EWTP_BANK_DEBTOR', 'Hub of Penang')
  const accounts = parsePayingAccounts(list ?? '')
  if (!accounts)
    throw needs('EWTP_BANK_ACCOUNTS', 'EUR=DE89370400440532013000@COBADEFFXXX,JPY=0012345@WESTGB2L')
  if (env['EWTP_STRIPE_SECRET_KEY']?.includes('_test_'))
    throw needs('EWTP_STRIPE_SECRET_KEY', 'sk_live_…')
  return { bank: { debtor, accounts, characters } }
}

/** EWTP_LIMITS, in euros a day and a month by how well somebody is known: `new=150/150,known=10000/50000,verified=-`. */
function limitsFrom({ EWTP_LIMITS: text }: Readonly<Record<string, string | undefined>>): {
  limits?: Limits
} {
  if (!text) return {}
  const limits = parseLimits(text)
  if (!limits)
    throw new Refusal('bad-limits', { EWTP_LIMITS: text, example: 'new=150/150,known=10000/50000' })
  return { limits }
}

/** EWTP_EXCHANGE_SPREAD in basis points, at most half of all, and EWTP_EXCHANGE_RATE_DAYS. */
function exchangeFrom(env: Readonly<Record<string, string | undefined>>): {
  exchange?: Partial<ExchangeSettings>
} {
  const { EWTP_EXCHANGE_SPREAD: spread, EWTP_EXCHANGE_RATE_DAYS: days } = env
  if (spread && !(/^\d{1,4}$/.test(spread) && Number(spread) <= 5_000))
    throw new Refusal('bad-exchange-setting', { EWTP_EXCHANGE_SPREAD: spread, example: '50' })
  if (days && !/^\d{1,3}$/.test(days))
    throw new Refusal('bad-exchange-setting', { EWTP_EXCHANGE_RATE_DAYS: days, example: '10' })
  const exchange = {
    ...(spread ? { spreadPoints: Number(spread) } : {}),
    ...(days ? { oldestRateDays: Number(days) } : {}),
  }
  return Object.keys(exchange).length > 0 ? { exchange } : {}
}

/** The folder that holds package.json, wherever the package is installed. */
export const packageFolder = fileURLToPath(new URL('../../', import.meta.url))

export function packageVersion(): string {
  return (JSON.parse(readFileSync(`${packageFolder}package.json`, 'utf8')) as { version: string })
    .version
}
