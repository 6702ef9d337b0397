import json from '../../resources/reference/sources.json' with { type: 'json' }
import type { Bilingual } from '../text.ts'
import { sourcesSchema } from './reference-tables.ts'

const byKey = new Map(sourcesSchema.parse(json).sources.map(({ key, text }) => [key, text]))

/** What a source key stands for, as the memo cites it; undefined for an unknown key. */
export const sourceText = (key: string): Bilingual | undefined => byKey.get(key)
