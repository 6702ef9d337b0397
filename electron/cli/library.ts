import type { LibraryMemoId } from '#core/model/ids.ts'
import { MEMO_KIND_IDS } from '#core/memo/memo-kinds.ts'
import type { LibraryFilters } from '#core/contract/library-procedures.ts'
import { definedOnly } from '#core/without.ts'
import { choice, done, integer, misuse, required, text, type Command, type Surroundings, type Values } from './command.ts'
import { passphraseOf } from './package.ts'
import { withSession, type Session } from './session.ts'

const MOST_FILES = 5000
const MOST_LISTED = 500
const STEPS = ['add', 'search', 'list', 'remove', 'statistics'] as const

const filtersOf = (values: Values, query: string): LibraryFilters => ({
  query,
  ...definedOnly({
    year: text(values, 'year'),
    office: text(values, 'office'),
    kind: choice(values, 'kind', [...MEMO_KIND_IDS, 'unknown']),
    opinion: text(values, 'opinion'),
    item: text(values, 'item'),
    latest: values['latest'] === true ? true : undefined,
  }),
})

async function add(session: Session, files: readonly string[], values: Values, around: Surroundings) {
  if (files.length === 0) throw misuse('请给出要加入的文件或文件夹。', 'Name the files or folders to add.')
  const receipt = await session.call('library.add', { files: session.files(files), passphrase: passphraseOf(values) })
  const { added, already, damaged, others } = receipt
  around.say({
    zh: `新加入 ${added} 份，已有 ${already} 份，无法读取 ${damaged.length} 份，其他文件 ${others} 个。`,
    en: `${added} added, ${already} already there, ${damaged.length} unreadable, ${others} other files.`,
  })
  return done(receipt)
}

async function list(session: Session, words: readonly string[], values: Values, around: Surroundings) {
  const limit = integer(values, 'limit', [1, MOST_LISTED]) ?? MOST_LISTED
  const found = await session.call('library.list', { ...filtersOf(values, words.join(' ')), limit })
  around.say({ zh: `${found.found} 份（共 ${found.all} 份）。`, en: `${found.found} of ${found.all}.` })
  return done(found)
}

async function remove(session: Session, ids: readonly string[], around: Surroundings) {
  if (ids.length === 0) throw misuse('请给出编号。', 'Name the entries by their ids.')
  const { removed } = await session.call('library.remove', { memoIds: ids.map((id) => id as LibraryMemoId) })
  around.say({ zh: `移出 ${removed} 份，文件未动。`, en: `${removed} taken out; the files were not touched.` })
  return done({ removed })
}

/** The library of memos: files and folders into it, words found in it, entries out of it. */
export const library: Command = {
  name: 'library',
  usage:
    'add <file|folder>… | search <words> | list | statistics | remove <id>…  --catalogue DIR [--year Y] [--office O] [--kind K] [--opinion O] [--item I] [--latest] [--limit N] [--passphrase-file FILE]',
  does: {
    zh: '意见书资料库：加入、查找、列出、统计、移出',
    en: 'the library of memos: adds, searches, lists, counts, removes',
  },
  options: {
    catalogue: { type: 'string' },
    year: { type: 'string' },
    office: { type: 'string' },
    kind: { type: 'string' },
    opinion: { type: 'string' },
    item: { type: 'string' },
    latest: { type: 'boolean' },
    limit: { type: 'string' },
    'passphrase-file': { type: 'string' },
    json: { type: 'boolean' },
  },
  positionals: [1, MOST_FILES],
  run([named, ...rest], values, around) {
    const step = STEPS.find((one) => one === named)
    if (step === undefined) throw misuse(`library 之后须为 ${STEPS.join('、')}。`, `After library comes ${STEPS.join(', ')}.`)
    if (step === 'search' && rest.join('').trim() === '') throw misuse('请给出要查找的词。', 'Name the words to look for.')
    return withSession(required(values, 'catalogue'), around, async (session) => {
      if (step === 'add') return add(session, rest, values, around)
      if (step === 'remove') return remove(session, rest, around)
      if (step === 'statistics') return done(await session.call('library.statistics', filtersOf(values, rest.join(' '))))
      return list(session, rest, values, around)
    })
  },
}
