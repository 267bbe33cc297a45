import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { keepPicture } from '../../catalogue/index.ts'
import { drawGoods, drawingSize, type Drawing } from './draw-goods.ts'

export type ReadyPicture = Parameters<typeof keepPicture>[1]

/**
 * A drawing in the sizes that pages show. Flat colours are small as WebP already, so there is no second format: six
 * hundred drawings would else take minutes.
 */
export async function drawPicture(drawing: Drawing): Promise<ReadyPicture> {
  const { data, info } = await sharp(Buffer.from(drawGoods(drawing)))
    .flatten()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const raw = { width: info.width, height: info.height, channels: info.channels }
  const encode = async (width: number, quality: number) =>
    sharp(data, { raw })
      .resize({ width })
      .webp({ quality, effort: 1 })
      .toBuffer({ resolveWithObject: true })
  const [whole, thumb] = await Promise.all([encode(drawingSize.width, 84), encode(400, 78)])
  const mime = 'image/webp' as const
  const size = { mime, width: whole.info.width, height: whole.info.height, data: whole.data }
  return {
    digest: createHash('sha256').update(whole.data).digest('hex'),
    width: whole.info.width,
    height: whole.info.height,
    forms: [
      { form: 'original', ...size },
      { form: 'large', ...size },
      {
        ...{ form: 'thumb' as const, mime },
        width: thumb.info.width,
        height: thumb.info.height,
        data: thumb.data,
      },
    ],
  }
}
