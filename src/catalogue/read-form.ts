import type { Context } from 'hono'
import { Refusal } from '../basis/refusal.ts'

/** The form of a request. Refusal `unreadable-form` for a body that is none: another kind of content, a broken multipart. */
export async function formOf(c: Context): Promise<FormData> {
  try {
    return await c.req.formData()
  } catch (error) {
    // A body that is too large has its own answer.
    throw error instanceof Refusal ? error : new Refusal('unreadable-form')
  }
}
