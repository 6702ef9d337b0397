import { useEffect, useState } from 'react'
import type { Client } from '#core/contract/client.ts'
import type { AttachmentId } from '#core/model/ids.ts'
import type { Attachment } from '#core/review/attachment.ts'
import { useClient } from '../api/use-api.tsx'

/** Every piece of an attachment's bytes, in order. */
async function attachmentBlob(client: Client, id: AttachmentId): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let [offset, total] = [0, 1]
  while (offset < total) {
    const piece = await client.call('attachments.bytes', { attachmentId: id, offset })
    if (piece.bytes.length === 0) break
    parts.push(Uint8Array.from(piece.bytes))
    offset += piece.bytes.length
    total = piece.totalBytes
  }
  return new Blob(parts, { type: 'image/png' })
}

/** Where the page finds a picture of the catalogue; null until it is there. */
export function useAttachmentAddress(id: AttachmentId): string | null {
  const client = useClient()
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    let made: string | null = null
    let current = true
    attachmentBlob(client, id).then(
      (blob) => {
        if (!current) return
        made = URL.createObjectURL(blob)
        setAddress(made)
      },
      () => setAddress(null),
    )
    return () => {
      current = false
      if (made !== null) URL.revokeObjectURL(made)
    }
  }, [client, id])
  return address
}

/** A map snapshot as a small picture; its caption stands beside it. */
export function AttachmentPicture({ attachment, label }: { attachment: Attachment; label: string }) {
  const address = useAttachmentAddress(attachment.id)
  return address === null ? (
    <span className="attachment-picture" />
  ) : (
    <img className="attachment-picture" src={address} alt={label} />
  )
}
