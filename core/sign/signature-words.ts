import type { PdfSignature, PdfSignatures, SignatureFault } from '../model/signature.ts'
import { bilingual, type Bilingual } from '../text.ts'

/** What is wrong with a signature, for people. */
export const FAULT_WORDS: Readonly<Record<SignatureFault, Bilingual>> = {
  'content-changed': bilingual('签名覆盖的内容已被改动（摘要不符）', 'what it covers was changed (the digest differs)'),
  'signature-wrong': bilingual('签名值与证书不符', 'the signature is not by the key of its certificate'),
  'other-certificate': bilingual('签名时用的是另一张证书', 'it was made with another certificate'),
  'no-certificate': bilingual('签名中没有签名人的证书', 'it does not hold the signer’s certificate'),
  'nothing-signed': bilingual('签名没有覆盖文件摘要', 'it does not sign a digest of the file'),
  'content-inside': bilingual('签名自带内容，不是对本文件的签名', 'it brings content of its own and does not sign this file'),
  'several-signers': bilingual('一个签名中有多个签名人', 'it has several signers in one'),
  'message-damaged': bilingual('签名数据已损坏', 'its data are damaged'),
  'weak-algorithm': bilingual('所用算法或密钥已不安全', 'its algorithm or key is no longer safe'),
  'unknown-algorithm': bilingual('所用算法无法识别', 'its algorithm is not known'),
  'range-damaged': bilingual('签名范围写得不完整', 'its byte range is damaged'),
  'range-gap': bilingual(
    '签名范围留有空隙，其中可能藏有未签名的内容',
    'its byte range leaves a gap in which unsigned content could hide',
  ),
  'range-outside': bilingual('签名范围超出文件', 'its byte range ends beyond the file'),
  'range-not-from-start': bilingual('签名范围没有从文件开头起', 'its byte range does not begin at the start of the file'),
  'range-overlaps': bilingual('签名范围互相重叠', 'byte ranges overlap'),
  'room-not-empty': bilingual('签名值之外的空位里有别的内容', 'there is something else in the room that the signature leaves'),
  'range-not-at-end': bilingual('签名范围没有到一个版本的末尾', 'its byte range does not end with a revision of the file'),
  'contents-too-large': bilingual('签名数据大得不合常理', 'its data are unreasonably large'),
  'contents-missing': bilingual('没有签名数据', 'its data are missing'),
  'not-in-form': bilingual('没有签名域显示这个签名', 'no field of the document shows it'),
  'unknown-kind': bilingual('签名类型无法识别', 'it is of an unknown kind'),
}

const dayAndTime = (iso: string): string => iso.slice(0, 16).replace('T', ' ')

/** The verdict on one signature in one line. */
export function signatureVerdict({ state, certificate, name }: PdfSignature): Bilingual {
  const who = certificate?.subject ?? name ?? '?'
  if (state === 'valid') return bilingual(`签名有效：${who}`, `The signature holds: ${who}`)
  if (state === 'changed-after')
    return bilingual(`签名之后文件被改动：${who}`, `The file was changed after it was signed: ${who}`)
  return bilingual(`签名无效：${who}`, `The signature does not hold: ${who}`)
}

/** Everything that is known of one signature, line by line; what was not checked is said too. */
export function signatureLines(signature: PdfSignature): Bilingual[] {
  return [
    ...signature.faults.map((fault) => FAULT_WORDS[fault]),
    ...coverage(signature),
    ...certificateLines(signature),
    ...statement(signature),
  ]
}

function coverage({ coversWholeFile, coveredBytes, appended, state }: PdfSignature): Bilingual[] {
  if (coversWholeFile) return [bilingual('覆盖整个文件', 'It covers the whole file')]
  if (appended.length === 0) return []
  const lines = appended.map(({ fromByte, bytes, isSignatureOnly, changes }) =>
    isSignatureOnly
      ? bilingual(
          `其后追加了一个签名（自第 ${fromByte} 字节起 ${bytes} 字节），内容未变`,
          `A further signature was added after it (${bytes} bytes from byte ${fromByte}); the content is the same`,
        )
      : bilingual(
          `其后追加了内容（自第 ${fromByte} 字节起 ${bytes} 字节）：${changes.join('、')}`,
          `Content was put behind it (${bytes} bytes from byte ${fromByte}): ${changes.join(', ')}`,
        ),
  )
  const head = bilingual(
    `覆盖前 ${coveredBytes} 字节，覆盖的部分${state === 'invalid' ? '见上' : '未被改动'}`,
    `It covers the first ${coveredBytes} bytes${state === 'invalid' ? '' : ', which are as they were signed'}`,
  )
  return [head, ...lines]
}

function certificateLines({ certificate, validAtStatedTime, chain, root }: PdfSignature): Bilingual[] {
  if (certificate === null) return []
  const { issuer, fingerprint, validFrom, validTo } = certificate
  const [from, to] = [validFrom.slice(0, 10), validTo.slice(0, 10)]
  const validity =
    validAtStatedTime === null
      ? bilingual(`证书有效期 ${from} 至 ${to}`, `Its certificate is valid from ${from} to ${to}`)
      : validAtStatedTime
        ? bilingual(
            `所称签名时间在证书有效期内（${from} 至 ${to}）`,
            `Its certificate was valid at the stated time (${from} to ${to})`,
          )
        : bilingual(
            `所称签名时间不在证书有效期内（${from} 至 ${to}）`,
            `Its certificate was NOT valid at the stated time (${from} to ${to})`,
          )
  const trust = {
    'not-checked': bilingual(
      '未对照任何受信任的根证书：不能证明签名人的身份。可在设置中加入本单位信任的根证书',
      'No list of trusted roots was asked: this does not prove who the signer is. Add the roots that your office trusts in the settings',
    ),
    trusted: bilingual(
      `证书链可追溯到本单位信任的根证书：${root ?? ''}（未查询吊销）`,
      `Its chain leads to a root that this office trusts: ${root ?? ''} (revocation was not asked for)`,
    ),
    'not-trusted': bilingual('证书链追溯不到本单位信任的根证书', 'Its chain does not lead to a root that this office trusts'),
  }[chain]
  return [
    bilingual(`签发者：${issuer}`, `Issued by: ${issuer}`),
    bilingual(`证书指纹 SHA-256：${fingerprint}`, `Fingerprint (SHA-256): ${fingerprint}`),
    validity,
    trust,
  ]
}

function statement({ statedAt, reason, place, isBaselineB, kind }: PdfSignature): Bilingual[] {
  const at = statedAt === null ? '—' : dayAndTime(statedAt)
  const level = isBaselineB ? 'PAdES B-B' : kind
  return [
    bilingual(
      `所称时间：${at} UTC，取自签名人的计算机，没有时间戳证明（${level}）`,
      `Stated time: ${at} UTC by the signer’s computer; no time stamp proves it (${level})`,
    ),
    ...(reason ? [bilingual(`事由：${reason}`, `Reason: ${reason}`)] : []),
    ...(place ? [bilingual(`地点：${place}`, `Place: ${place}`)] : []),
  ]
}

/** A signature that somebody took out of a document, and whose bytes are still there. */
export const takenOutWords = ({ takenOut }: Pick<PdfSignatures, 'takenOut'>): Bilingual =>
  bilingual(`文件中原有的 ${takenOut} 个签名已被移除`, `${takenOut} signature(s) that the file had were taken out of it`)
