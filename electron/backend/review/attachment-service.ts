import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { AttachmentBytes } from '#core/contract/attachment-procedures.ts'
import type { CallContext, ExportedFile, Input } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { AttachmentId, ReviewId } from '#core/model/ids.ts'
import type { Attachment } from '#core/review/attachment.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { FileTokens } from '../backend.ts'
import { exportFile } from '../export-file.ts'
import { writeFileSafely } from '../memo/write-file.ts'

const MOST_MB = 100
const MB = 2 ** 20
/** Well below what one message may carry. */
const PIECE_BYTES = 2 * MB
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

export interface AttachmentService {
  list(reviewId: ReviewId): Attachment[]
  /** @throws AppError 'import.files-gone', 'attachment.too-large', 'attachment.not-a-file', 'review.submitted' */
  add(input: Input<'attachments.add'>): Attachment[]
  /** @throws AppError 'attachment.not-a-picture', 'review.submitted' */
  addSnapshot(input: Input<'attachments.addSnapshot'>): Attachment
  remove(id: AttachmentId): void
  /** @throws AppError 'attachment.gone' when its file is no longer in the catalogue or was changed there */
  bytes(id: AttachmentId, offset: number): AttachmentBytes
  /** The whole file, for the memo; null where it is gone or was changed. */
  find(attachment: Attachment): Uint8Array | null
  /** @throws AppError 'attachment.gone', 'import.files-gone', 'memo.cannot-write' */
  save(input: Input<'attachments.save'>, call: Pick<CallContext, 'progress'>): Promise<ExportedFile>
}

/** Files that prove something. They are kept under the hash of their bytes and never opened here: only shown and handed out. */
export function createAttachmentService(catalogue: Catalogue, tokens: FileTokens, actor: () => Actor): AttachmentService {
  const { commands, records } = catalogue
  const fileOf = (sha256: string): string => path.join(catalogue.paths.attachmentsDir, sha256)
  const checked = new Set<string>()

  /** Written whole or not at all; the same bytes are kept once. */
  const keep = (bytes: Uint8Array): string => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const target = fileOf(sha256)
    if (fs.existsSync(target)) return sha256
    const temporary = `${target}.${randomUUID()}.tmp`
    try {
      const file = fs.openSync(temporary, 'wx', 0o600)
      try {
        fs.writeSync(file, bytes)
        fs.fsyncSync(file)
      } finally {
        fs.closeSync(file)
      }
      fs.renameSync(temporary, target)
    } finally {
      fs.rmSync(temporary, { force: true })
    }
    return sha256
  }

  const store = (bytes: Uint8Array, name: string, kind: Attachment['kind'], place: Place): Attachment => {
    const { reviewId, item, findingId, caption } = place
    if (findingId !== null) catalogue.findings.get(findingId)
    const draft = { reviewId, item, findingId, caption, kind, name, sizeBytes: bytes.length, sha256: keep(bytes) }
    return commands.addAttachment(draft, actor()).value
  }

  /** The file that stands for an attachment, checked once against its hash. @throws AppError 'attachment.gone' */
  const checkedFile = ({ sha256, name }: Attachment): string => {
    const file = fileOf(sha256)
    if (!fs.existsSync(file)) throw new AppError('attachment.gone', { name })
    if (!checked.has(sha256)) {
      const found = createHash('sha256').update(fs.readFileSync(file)).digest('hex')
      if (found !== sha256) throw new AppError('attachment.gone', { name })
      checked.add(sha256)
    }
    return file
  }

  return {
    list: (reviewId) => records.of('attachment', reviewId),
    add({ files, ...place }) {
      const paths = tokens.paths(files)
      if (paths === undefined || paths.length === 0) throw new AppError('import.files-gone', {})
      // All are looked at before the first is taken, so that a refusal leaves nothing half attached.
      paths.forEach(assertTakeable)
      return paths.map((file) => store(fs.readFileSync(file), path.basename(file), 'file', place))
    },
    addSnapshot({ png, ...place }) {
      if (PNG.some((byte, at) => png[at] !== byte)) throw new AppError('attachment.not-a-picture', {})
      return store(png, `${actor().name}-${new Date().toISOString().slice(0, 10)}.png`, 'snapshot', place)
    },
    remove: (id) => void commands.removeAttachment(id, actor()),
    bytes(id, offset) {
      const attachment = records.get('attachment', id)
      return { bytes: piece(checkedFile(attachment), offset), totalBytes: attachment.sizeBytes }
    },
    find(attachment) {
      try {
        return fs.readFileSync(checkedFile(attachment))
      } catch (error) {
        // The list of attachments names it, and the memo must not fail for one file.
        if (error instanceof AppError && error.code === 'attachment.gone') return null
        throw error
      }
    },
    async save({ attachmentId, target }, call) {
      const attachment = records.get('attachment', attachmentId)
      const file = checkedFile(attachment)
      const { name, sha256, reviewId } = attachment
      const leaving = {
        target,
        fileName: fileNameOf(name),
        action: 'attachment.saved',
        object: reviewId,
        detail: { name, sha256 },
      }
      return exportFile({ catalogue, tokens, actor }, leaving, call, (to) => writeFileSafely(to, fs.readFileSync(file)))
    },
  }
}

/** As it was handed in, maybe on another system: without what file systems forbid. */
const fileNameOf = (name: string): string =>
  name
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/^[. ]+/, '')
    .slice(0, 120)
    .toWellFormed() || 'attachment'

type Place = Pick<Attachment, 'reviewId' | 'item' | 'findingId' | 'caption'>

function assertTakeable(file: string): void {
  const name = path.basename(file)
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  if (stat?.isFile() !== true) throw new AppError('attachment.not-a-file', { name })
  if (stat.size > MOST_MB * MB) {
    throw new AppError('attachment.too-large', { name, sizeMb: Math.ceil(stat.size / MB), mostMb: MOST_MB })
  }
}

function piece(file: string, offset: number): Uint8Array {
  const handle = fs.openSync(file, 'r')
  try {
    const bytes = new Uint8Array(PIECE_BYTES)
    return bytes.slice(0, fs.readSync(handle, bytes, 0, PIECE_BYTES, offset))
  } finally {
    fs.closeSync(handle)
  }
}
