import { Download, Image, Paperclip, Plus, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Client } from '#core/contract/client.ts'
import type { ReviewId } from '#core/model/ids.ts'
import type { Attachment } from '#core/review/attachment.ts'
import type { Finding } from '#core/review/finding.ts'
import { useClient, useCommand, useRead } from '../api/use-api.tsx'
import { useFileExport } from '../api/use-file-export.ts'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { author, formatBytes, formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'

/** Pictures that every browser shows by itself; anything else is only named. */
const PICTURES: Readonly<Record<string, string>> = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp' }
const LARGEST_SHOWN_BYTES = 20 * 2 ** 20

const typeOf = ({ name, sizeBytes }: Attachment): string | undefined =>
  sizeBytes <= LARGEST_SHOWN_BYTES ? PICTURES[name.split('.').at(-1)?.toLowerCase() ?? ''] : undefined

async function bytesOf(client: Client, { id, sizeBytes }: Attachment, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(sizeBytes)
  for (let offset = 0; offset < sizeBytes;) {
    const { bytes } = await client.call('attachments.bytes', { attachmentId: id, offset }, { signal })
    if (bytes.length === 0) break
    all.set(bytes.subarray(0, sizeBytes - offset), offset)
    offset += bytes.length
  }
  return all
}

/** A picture out of the catalogue, drawn into a canvas: it never becomes part of the page. */
function Picture({ attachment, type }: { attachment: Attachment; type: string }) {
  const { t } = useWords()
  const client = useClient()
  const target = useRef<HTMLCanvasElement>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    const canvas = target.current
    if (canvas === null) return
    const asked = new AbortController()
    const draw = async () => {
      const picture = await createImageBitmap(new Blob([await bytesOf(client, attachment, asked.signal)], { type }))
      if (asked.signal.aborted) return
      canvas.width = picture.width
      canvas.height = picture.height
      canvas.getContext('2d')?.drawImage(picture, 0, 0)
      picture.close()
    }
    draw().catch((problem: unknown) => asked.signal.aborted || setError(problem))
    return () => asked.abort()
  }, [client, attachment, type])
  if (error !== null) return <p className="field-error">{t('findings.noPicture')}</p>
  return <canvas ref={target} className="finding-picture" role="img" aria-label={attachment.caption || attachment.name} />
}

interface SaveProps {
  attachment: Attachment
  onError: (error: unknown) => void
}

/** Hands a file out of the catalogue, to be opened with what the person opens such files with. */
export function SaveAttachment({ attachment, onError }: SaveProps) {
  const { t } = useWords()
  const { error, busy, start } = useFileExport('attachments.save')
  useEffect(() => onError(error), [error, onError])
  return (
    <IconButton
      size="small"
      label={t('scoring.saveFile', { name: attachment.name })}
      isDisabled={busy}
      onPress={() => void start(attachment.name, { attachmentId: attachment.id })}
    >
      <Download className="icon" />
    </IconButton>
  )
}

function Attached({ attachment, onRemove }: { attachment: Attachment; onRemove: (() => void) | null }) {
  const { t, lang } = useWords()
  const [isShown, show] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const type = typeOf(attachment)
  return (
    <li>
      <div className="row">
        {type === undefined ? <Paperclip className="icon" aria-hidden /> : <Image className="icon" aria-hidden />}
        <span className="attachment-name">{attachment.name}</span>
        <span className="quiet number">{formatBytes(attachment.sizeBytes, lang)}</span>
        <span className="spacer" />
        {type !== undefined && (
          <Button size="small" look="bare" onPress={() => show(!isShown)} aria-expanded={isShown}>
            {t(isShown ? 'findings.hidePicture' : 'findings.showPicture')}
          </Button>
        )}
        <SaveAttachment attachment={attachment} onError={setError} />
        {onRemove && (
          <IconButton size="small" label={t('findings.removeAttachment', { name: attachment.name })} onPress={onRemove}>
            <X className="icon" />
          </IconButton>
        )}
      </div>
      {error !== null && <ErrorNotice error={error} />}
      <span className="quiet">{author(attachment.by, formatMoment(attachment.at, lang))}</span>
      {isShown && type !== undefined && <Picture attachment={attachment} type={type} />}
    </li>
  )
}

/** Files that prove a finding. */
export function FindingAttachments({ finding, reviewId, isLocked }: { finding: Finding; reviewId: ReviewId; isLocked: boolean }) {
  const { t } = useWords()
  const list = useRead('attachments.list', { reviewId })
  const add = useCommand('attachments.add')
  const remove = useCommand('attachments.remove')
  const choose = useChooseFiles()
  const mine = (list.data ?? []).filter(({ findingId }) => findingId === finding.id)
  const attach = async () => {
    const files = await choose.pick('files')
    if (files !== null) await add.run({ reviewId, item: finding.item, findingId: finding.id, caption: '', files })
  }
  const error = list.error ?? add.error ?? remove.error ?? choose.error
  return (
    <section className="stack" aria-label={t('findings.attachments')}>
      <div className="row">
        <h3>{t('findings.attachments')}</h3>
        <span className="spacer" />
        {!isLocked && (
          <Button size="small" isDisabled={add.busy || choose.busy} onPress={() => void attach()}>
            <Plus className="icon" aria-hidden />
            {t('findings.attach')}
          </Button>
        )}
      </div>
      {error !== null && <ErrorNotice error={error} />}
      {mine.length > 0 && (
        <ul className="attachments">
          {mine.map((attachment) => (
            <Attached
              key={attachment.id}
              attachment={attachment}
              onRemove={isLocked ? null : () => void remove.run({ attachmentId: attachment.id })}
            />
          ))}
        </ul>
      )}
    </section>
  )
}
