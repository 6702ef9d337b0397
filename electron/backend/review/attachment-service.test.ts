import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { FileToken } from '#core/model/ids.ts'
import { without } from '#core/without.ts'
import type { Catalogue } from '#db/catalogue.ts'
import { REVIEWER, withReview } from '#db/testing/fixtures.ts'
import { testCatalogues } from './fixture-catalogue.ts'
import { createAttachmentService, type AttachmentService } from './attachment-service.ts'

const next = testCatalogues()

let dir: string
let catalogue: Catalogue
let service: AttachmentService
let choose: (...paths: string[]) => FileToken
let place: Parameters<AttachmentService['addSnapshot']>[0]

beforeEach(() => {
  const made = next()
  const { tokens } = made
  ;({ dir, catalogue } = made)
  choose = (...paths) => tokens.registerFiles(paths)
  service = createAttachmentService(catalogue, tokens, () => REVIEWER)
  const { review } = withReview(catalogue)
  place = { reviewId: review.id, item: 'A03', findingId: null, caption: '现状照片', png: new Uint8Array() }
})

const file = (name: string, bytes: Uint8Array | string): string => {
  const at = path.join(dir, name)
  fs.writeFileSync(at, bytes)
  return at
}
const filesOf = () => without(place, 'png')

describe('attachments', () => {
  it('are kept once under their hash, come back in pieces, and go and return with undo', () => {
    const big = new Uint8Array(3 * 2 ** 20).map((_, at) => at % 251)
    const [first] = service.add({ ...filesOf(), files: choose(file('附图 1.bin', big)) })
    service.add({ ...filesOf(), files: choose(file('the same.bin', big), file('note.txt', 'x')) })
    expect(fs.readdirSync(catalogue.paths.attachmentsDir)).toHaveLength(2)
    expect(service.list(place.reviewId).map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['附图 1.bin', big.length],
      ['the same.bin', big.length],
      ['note.txt', 1],
    ])
    if (!first) throw new Error('nothing was attached')
    const head = service.bytes(first.id, 0)
    const tail = service.bytes(first.id, head.bytes.length)
    expect(head.totalBytes).toBe(big.length)
    expect(Buffer.concat([head.bytes, tail.bytes]).equals(Buffer.from(big))).toBe(true)
    service.remove(first.id)
    expect(service.list(place.reviewId)).toHaveLength(2)
    catalogue.commands.undo(REVIEWER)
    expect(service.list(place.reviewId)[0]?.name).toBe('附图 1.bin')
  })

  it('refuse folders, what is gone, what is no picture, and take none when one is refused', () => {
    const text = file('note.txt', 'x')
    const attach = (...paths: string[]) => service.add({ ...filesOf(), files: choose(...paths) })
    expect(() => attach(text, dir)).toThrow('attachment.not-a-file')
    expect(() => attach(text, path.join(dir, 'gone.pdf'))).toThrow('attachment.not-a-file')
    const huge = file('huge.tif', 'x')
    fs.truncateSync(huge, 101 * 2 ** 20)
    expect(() => attach(text, huge)).toThrow('attachment.too-large')
    expect(() => service.add({ ...filesOf(), files: 'unknown' as FileToken })).toThrow('import.files-gone')
    expect(() => service.addSnapshot({ ...place, png: new Uint8Array(20) })).toThrow('attachment.not-a-picture')
    expect(service.list(place.reviewId)).toEqual([])
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2])
    expect(service.addSnapshot({ ...place, png })).toMatchObject({ kind: 'snapshot', sizeBytes: 10, item: 'A03' })
  })

  it('leave again as they were handed in, by a name that every system takes, and the audit log knows', async () => {
    const [one] = service.add({ ...filesOf(), files: choose(file('依据.pdf', 'proof')) })
    if (!one) throw new Error('nothing was attached')
    const call = { progress: () => undefined }
    const left = await service.save({ attachmentId: one.id, lang: 'zh', target: null }, call)
    expect(left).toMatchObject({ fileName: '依据.pdf', sizeBytes: 5, sha256: one.sha256 })
    expect(left.download).not.toBeNull()
    expect(catalogue.audit.list(null).map(({ action }) => action)).toContain('attachment.saved')
    const odd = catalogue.commands.addAttachment({ ...without(one, 'id', 'by', 'at'), name: '..\\../a:b?.txt' }, REVIEWER).value
    expect((await service.save({ attachmentId: odd.id, lang: 'zh', target: null }, call)).fileName).not.toMatch(/[\\/:?]|^\./)
    fs.rmSync(path.join(catalogue.paths.attachmentsDir, one.sha256))
    await expect(service.save({ attachmentId: one.id, lang: 'zh', target: null }, call)).rejects.toMatchObject({
      code: 'attachment.gone',
    })
  })

  it('say so when their file was changed or taken out of the catalogue', () => {
    const [one] = service.add({ ...filesOf(), files: choose(file('a.txt', 'proof')) })
    if (!one) throw new Error('nothing was attached')
    const kept = path.join(catalogue.paths.attachmentsDir, one.sha256)
    fs.writeFileSync(kept, 'other')
    expect(() => service.bytes(one.id, 0)).toThrow('attachment.gone')
    fs.rmSync(kept)
    expect(() => service.bytes(one.id, 0)).toThrow('attachment.gone')
  })
})
