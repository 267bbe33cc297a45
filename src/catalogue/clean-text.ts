/**
 * Text as it may be kept: composed the same way everywhere, well formed, without the control characters that
 * PostgreSQL refuses or a terminal obeys, and without characters that turn the direction of what stands around it.
 * Tags and scripts stay as they were typed; pages write them as text.
 */
export function cleanText(text: string): string {
  return (
    text
      .toWellFormed()
      .replaceAll(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex
      .replaceAll(
        /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]/g,
        '',
      )
      .normalize('NFC')
      .trim()
  )
}

/** The same on one line. */
export const cleanLine = (text: string): string => cleanText(text).replaceAll(/\s+/g, ' ')
