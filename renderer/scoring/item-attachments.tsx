import { Camera, File as FileIcon, Paperclip, X } from 'lucide-react'
import { useState } from 'react'
import type { AttachmentId, ReviewId } from '#core/model/ids.ts'
import type { Attachment } from '#core/review/attachment.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { author, formatBytes, formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { mapSnapshot } from '../map/snapshot.ts'
import { useToasts } from '../state/toasts.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'
import { SaveAttachment } from '../findings/finding-attachments.tsx'
import { AttachmentPicture } from './attachment-picture.tsx'
import './scoring.css'

interface RowProps {
  attachment: Attachment
  /** null: the review is handed in. */
  onRemove: ((id: AttachmentId) => void) | null
}

function AttachmentRow({ attachment, onRemove }: RowProps) {
  const { t, lang } = useWords()
  const [error, setError] = useState<unknown>(null)
  const { id, kind, name, caption, sizeBytes, by, at } = attachment
  const title = caption === '' ? (kind === 'snapshot' ? t('scoring.mapShot') : name) : caption
  return (
    <li className="attachment">
      {kind === 'snapshot' ? (
        <AttachmentPicture attachment={attachment} label={title} />
      ) : (
        <FileIcon className="icon" aria-hidden />
      )}
      <div>
        <p>{title}</p>
        <p className="quiet number">
          {kind === 'file' && caption !== '' && `${name} · `}
          {formatBytes(sizeBytes, lang)} · {author(by, formatMoment(at, lang))}
        </p>
        {error !== null && <ErrorNotice error={error} />}
      </div>
      <span className="row">
        <SaveAttachment attachment={attachment} onError={setError} />
        {onRemove && (
          <IconButton size="small" label={t('scoring.remove', { name: title })} onPress={() => onRemove(id)}>
            <X className="icon" />
          </IconButton>
        )}
      </span>
    </li>
  )
}

interface ItemProps {
  item: string
  reviewId: ReviewId
  isLocked: boolean
}

/** Pictures of the map and files that prove an item, each with what it shows. */
export function ItemAttachments({ item, reviewId, isLocked }: ItemProps) {
  const { t } = useWords()
  const listing = useRead('attachments.list', { reviewId })
  const files = useChooseFiles()
  const shoot = useCommand('attachments.addSnapshot')
  const add = useCommand('attachments.add')
  const remove = useCommand('attachments.remove')
  const toast = useToasts((state) => state.add)
  const [caption, setCaption] = useState('')
  const own = (listing.data ?? []).filter((attachment) => attachment.item === item && attachment.findingId === null)
  const place = { reviewId, item, findingId: null, caption: caption.trim() }
  const kept = () => {
    setCaption('')
    toast({ tone: 'done', text: t('scoring.added') })
  }
  const takeSnapshot = async () => {
    const png = await mapSnapshot()
    if (png === null) toast({ tone: 'error', text: t('scoring.noMap') })
    else if (await shoot.run({ ...place, png })) kept()
  }
  const addFiles = async () => {
    const token = await files.pick('files')
    if (token !== null && (await add.run({ ...place, files: token }))) kept()
  }
  const busy = shoot.busy || add.busy || files.busy
  const error = listing.error ?? shoot.error ?? add.error ?? remove.error ?? files.error
  return (
    <section className="detail-part" aria-label={t('scoring.attachments')}>
      <h4>{t('scoring.attachments')}</h4>
      {own.length > 0 && (
        <ul className="attachment-list">
          {own.map((attachment) => (
            <AttachmentRow
              key={attachment.id}
              attachment={attachment}
              onRemove={isLocked ? null : (attachmentId) => void remove.run({ attachmentId })}
            />
          ))}
        </ul>
      )}
      {error !== null && <ErrorNotice error={error} />}
      {!isLocked && (
        <>
          <TextField label={`${t('scoring.caption')} (${t('common.optional')})`} value={caption} onChange={setCaption} />
          <div className="row row-wrap">
            <Button size="small" onPress={() => void takeSnapshot()} isDisabled={busy}>
              <Camera className="icon" aria-hidden />
              {t('scoring.takeSnapshot')}
            </Button>
            <Button size="small" onPress={() => void addFiles()} isDisabled={busy}>
              <Paperclip className="icon" aria-hidden />
              {t('scoring.addFile')}
            </Button>
          </div>
        </>
      )}
      {isLocked && own.length === 0 && <p className="quiet">{t('common.none')}</p>}
    </section>
  )
}
