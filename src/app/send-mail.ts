import type { OutgoingMail } from '../parties/index.ts'
import type { MailServer } from './config.ts'

/**
 * Hands mails to the operator's mail server by SMTP (RFC 5321). The library is loaded with the first
 * mail, and a mail's id is the hub's own, so that one that was sent twice can be told.
 */
export function mailBySmtp({ url, from }: MailServer): (mail: OutgoingMail) => Promise<void> {
  let transport: Promise<{ sendMail(mail: object): Promise<unknown> }> | undefined
  const open = async () => {
    const { createTransport } = await import('nodemailer')
    const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }
    return createTransport(url, { ...timeouts, disableFileAccess: true, disableUrlAccess: true })
  }
  return async ({ to, subject, text, id }) => {
    const host = from.replace(/^.*@|>.*$/g, '')
    const { sendMail } = await (transport ??= open()).then((opened) => ({
      sendMail: opened.sendMail.bind(opened),
    }))
    await sendMail({
      from,
      to: { name: '', address: to },
      subject,
      text,
      messageId: `<${id}@${host}>`,
    })
  }
}
