/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { raw } from 'hono/html'
import { assetText } from './assets.ts'

/** The sign of the network: two halves of a seal, moved past each other along a border. */
export function Mark() {
  return raw(markup.replace('<svg', '<svg class="mark" aria-hidden="true"'))
}

const markup = assetText('mark.svg').replace(/<style>.*<\/style>/, '')
