/**
 * CRC-16 as EMV QRCPS asks for it (ISO/IEC 13239 with polynomial 1021, beginning with FFFF), over the bytes of UTF-8,
 * as four hexadecimal signs. It finds every change within sixteen neighbouring bits, and so of any one ASCII sign.
 */
export function crc16(text: string): string {
  const rest = new TextEncoder().encode(text).reduce(takeByte, 0xffff)
  return rest.toString(16).toUpperCase().padStart(4, '0')
}

function takeByte(rest: number, byte: number): number {
  let value = rest ^ (byte << 8)
  for (let bit = 0; bit < 8; bit += 1)
    value = value & 0x8000 ? ((value << 1) ^ 0x1021) & 0xffff : value << 1
  return value
}
