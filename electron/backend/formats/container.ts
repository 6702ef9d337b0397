import path from 'node:path'
import { AppError, describeError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Note } from '#core/model/plan.ts'
import type { Format, OpenedSource, OpenOptions, SourceLayer } from './format.ts'
import { readHead } from './read-file.ts'

/** A file inside a folder or an archive that may hold layers. */
export interface Member {
  /** How the reader knows it: relative to the container. */
  name: string
  path: string
}

interface OpenedMember {
  member: Member
  format: Format
  source: OpenedSource
}

async function openMembers(
  members: readonly Member[],
  formats: readonly Format[],
  options: OpenOptions,
  opened: OpenedMember[],
): Promise<AppError[]> {
  const failures: AppError[] = []
  for (const member of members) {
    try {
      const head = readHead(member.path, member.name)
      const format = formats.find((candidate) => candidate.recognises(member.path, head))
      if (!format) continue
      opened.push({ member, format, source: await format.open(member.path, { ...options, displayName: member.name }) })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      failures.push(error)
    }
  }
  return failures
}

const withoutExtension = (name: string): string => name.slice(0, name.length - path.posix.extname(name).length)

/** Short names where they are unique, whole ones where two folders hold the same name. */
export function shortNames(members: readonly Member[]): (member: Member) => string {
  const counts = new Map<string, number>()
  const short = ({ name }: Member): string => withoutExtension(path.posix.basename(name))
  for (const member of members) counts.set(short(member), (counts.get(short(member)) ?? 0) + 1)
  return (member) => (counts.get(short(member)) === 1 ? short(member) : member.name)
}

function renamed(opened: readonly OpenedMember[]): SourceLayer[] {
  const nameOf = shortNames(opened.map(({ member }) => member))
  return opened.flatMap(({ member, format, source }) =>
    source.layers.map((layer): SourceLayer => {
      const alone = opened.length === 1 && layer.layer !== null
      const name = alone ? layer.layer : layer.layer === null ? nameOf(member) : `${nameOf(member)}/${layer.layer}`
      return { ...layer, layer: name, format: layer.format ?? format.id }
    }),
  )
}

const failureNote = (failure: AppError): Note => {
  const name = 'file' in failure.params ? failure.params.file : ''
  const zh = describeError(failure.toWire(), 'zh')
  const en = describeError(failure.toWire(), 'en')
  return {
    severity: 'warning',
    code: 'container.member-failed',
    params: { file: name, error: failure.code },
    text: bilingual(
      `有文件未读取，其余照常：${zh.title}。${zh.cause}${zh.next}`,
      `One of the files was not read, the others were: ${en.title.toLowerCase()}. ${en.cause} ${en.next}`,
    ),
  }
}

/**
 * All layers of a folder or an archive as one source: layers are named after their files. Members that cannot be read are
 * noted; when none can, the first failure is thrown.
 */
export async function openContainer(
  container: string,
  members: readonly Member[],
  formats: readonly Format[],
  options: OpenOptions,
  extra: { notes: readonly Note[]; close: () => void },
): Promise<OpenedSource> {
  const opened: OpenedMember[] = []
  const close = (): void => {
    for (const { source } of opened) source.close()
    extra.close()
  }
  try {
    const failures = await openMembers(members, formats, options, opened)
    const layers = renamed(opened)
    const [first] = layers
    if (!first) throw failures[0] ?? new AppError('import.no-layers', { file: container })
    first.notes = [...first.notes, ...extra.notes, ...failures.map(failureNote)]
    return { layers, close }
  } catch (error) {
    close()
    throw error
  }
}
