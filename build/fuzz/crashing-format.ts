import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Format } from '#backend/formats/format.ts'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'

/** What the positive control can do wrong; the file's content says which. */
export const MISDEEDS = ['crash', 'hang', 'throw', 'memory', 'write', 'chatter', 'infinite'] as const

const label = bilingual('对照', 'Control')

function misbehave(file: string, misdeed: string): never {
  switch (misdeed) {
    case 'crash':
      process.kill(process.pid, 'SIGSEGV')
      break
    case 'memory': {
      const held: Buffer[] = []
      for (;;) held.push(Buffer.alloc(64 * 1024 * 1024, 1))
    }
    case 'write':
      writeFileSync(path.join(path.dirname(path.dirname(file)), 'escaped.txt'), 'outside')
      break
    case 'chatter':
      throw new AppError('import.unknown-format', { file: 'x'.repeat(5000) })
    case 'throw':
      throw new TypeError('undefined is not a function')
  }
  for (;;);
}

/** The positive control: a driver that does everything that the fuzzer exists to catch. Never part of the product. */
export const crashingFormat: Format = {
  id: 'control',
  label,
  extensions: ['.control'],
  recognises: (file) => file.endsWith('.control'),
  open(file) {
    const misdeed = readFileSync(file, 'utf8')
    if (misdeed !== 'infinite' && misdeed !== 'fine') misbehave(file, misdeed)
    const place = misdeed === 'fine' ? 1 : Number.POSITIVE_INFINITY
    const guess = { value: null, confidence: 0, reason: label }
    return {
      layers: [
        {
          layer: null,
          kind: 'point',
          geometryTypes: { Point: 1 },
          count: 1,
          extent: [0, 0, 1, 1],
          fields: [],
          crs: guess,
          encoding: guess,
          notes: [],
          features: () => [{ row: 1, geometry: { kind: 'point', parts: [[Float64Array.of(place, 0)]] }, values: [] }],
        },
      ],
      close: () => undefined,
    }
  },
}
