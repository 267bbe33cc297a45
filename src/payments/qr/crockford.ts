/** Crockford's base 32: no I, L, O (which look like 1 and 0) and no U. */
export const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Bytes as signs of five bits, the highest first; the last sign is filled with zeros. */
export function toSigns(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => signs[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}

/** What somebody typed or was told, as signs: any case, I and L for 1, O for 0, without blanks and hyphens. */
export const asSigns = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll(/[\s\-\u2010-\u2015]/g, '')
    .replaceAll(/[IL]/g, '1')
    .replaceAll('O', '0')
