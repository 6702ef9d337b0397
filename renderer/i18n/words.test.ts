import { describe, expect, it } from 'vitest'
import { en } from './en/index.ts'
import { zh } from './zh/index.ts'

const sources = Object.values(
  import.meta.glob<string>(['../**/*.{ts,tsx}', '!../i18n/**', '!../**/*.test.{ts,tsx}'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).join('\n')

const keysOf = (table: object): string[] =>
  Object.entries(table).flatMap(([room, words]) => Object.keys(words as object).map((key) => `${room}.${key}`))

/** Plural forms are asked for by their common name. */
const asked = (key: string) => key.replace(/_(one|other)$/, '')

/** `t('a.b')`, or a table of keys, or the literal start of a template: t(`a.b_${x}`). */
const isUsed = (key: string) => {
  const starts = [...asked(key).matchAll(/[._]/g)].map(({ index }) => asked(key).slice(0, index + 1))
  return sources.includes(`'${asked(key)}'`) || starts.some((start) => sources.includes(`\`${start}\${`))
}

describe('words of the screen', () => {
  it('are the same keys in both languages', () => {
    expect(keysOf(en).toSorted()).toEqual(keysOf(zh).toSorted())
  })
  it('are all used', () => {
    expect(keysOf(zh).filter((key) => !isUsed(key))).toEqual([])
  })
  it('are all there for what the screen asks', () => {
    const wanted = [...sources.matchAll(/\bt\(\s*'([a-z]+[A-Za-z]*\.\w+)'/g)].map(([, key]) => key ?? '')
    const known = new Set(keysOf(zh).flatMap((key) => [key, asked(key)]))
    expect(wanted.length).toBeGreaterThan(100)
    expect(wanted.filter((key) => !known.has(key))).toEqual([])
  })
  it('name the same values in both languages', () => {
    const values = (text: string) =>
      [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').toSorted((a, b) => a.localeCompare(b))
    for (const [room, words] of Object.entries(zh)) {
      for (const [key, text] of Object.entries(words)) {
        const english = (en as Record<string, Record<string, string>>)[room]?.[key] ?? ''
        expect({ key, values: values(english) }).toEqual({ key, values: values(text) })
      }
    }
  })
  it('hold Chinese in the Chinese table and none in the English one', () => {
    const han = /\p{Script=Han}/u
    const englishWithHan = Object.values(en).flatMap((words) => Object.values(words).filter((text) => han.test(text)))
    expect(englishWithHan).toEqual([])
    const latinOnly = Object.values(zh).flatMap((words) => Object.values(words).filter((text) => !han.test(text)))
    expect(latinOnly).toEqual(latinOnly.filter((text) => !/[a-z]{3,}/i.test(text.replace(/\{\{\w+\}\}|SHA-256|EPSG/g, ''))))
  })
})
