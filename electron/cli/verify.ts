import { auditClaimWords } from '#core/model/audit-claim.ts'
import { signatureLines, signatureVerdict, takenOutWords } from '#core/sign/signature-words.ts'
import type { PdfSignatures } from '#core/model/signature.ts'
import { misuse, text, type Command, type Surroundings } from './command.ts'
import { passphraseOf, verifyPackage } from './package.ts'
import { withSession } from './session.ts'

export const verify: Command = {
  name: 'verify',
  usage: '<memo.pdf|result.json|package.greenprint> [--passphrase-file FILE] [--roots DIR | --catalogue DIR]',
  does: {
    zh: '重算意见书的封印，说明一致或哪一项不同，并核对其中的电子签名；评审包则逐个文件、逐项操作核对。--roots 为存放受信任根证书的文件夹；给出 --catalogue 时，还对照其操作日志核对意见书上的审计链首',
    en: 'recomputes a memo’s seal, says match or what differs, and checks its signatures; checks every member and operation of a package. --roots is a folder of root certificates that are trusted; with --catalogue the head of the audit chain on a memo is held against its log',
  },
  options: { 'passphrase-file': { type: 'string' }, roots: { type: 'string' }, catalogue: { type: 'string' } },
  positionals: [1, 1],
  run(paths, values, around) {
    const [roots, catalogue] = [text(values, 'roots'), text(values, 'catalogue')]
    if (roots !== undefined && catalogue !== undefined)
      throw misuse('--roots 与 --catalogue 只能给出一个。', 'Give either --roots or --catalogue.')
    return withSession(catalogue, around, async (session) => {
      if (paths[0]?.toLowerCase().endsWith('.greenprint') === true)
        return verifyPackage(session, session.files(paths), passphraseOf(values), around)
      if (roots !== undefined) await session.call('sign.addRoots', { files: session.files([roots]) })
      const verification = await session.call('memo.verify', { files: session.files(paths) })
      const { match, signatures, hasNoRecord } = verification
      if (hasNoRecord)
        around.say({
          zh: '文件中没有评审记录，只核对签名。',
          en: 'The file carries no record; its signatures alone were checked.',
        })
      else around.say(match ? { zh: '一致。', en: 'Match.' } : { zh: '不一致。', en: 'Does not match.' })
      if (signatures) saySignatures(signatures, around)
      // Without a catalogue there is no log to hold anything against.
      const { chain, ...document } = verification
      if (catalogue === undefined || chain === undefined) return { document, exitCode: match ? 0 : 4 }
      around.say(auditClaimWords(chain))
      return { document: verification, exitCode: match && chain.state !== 'gone' ? 0 : 4 }
    })
  },
}

function saySignatures(found: PdfSignatures, around: Surroundings): void {
  if (found.takenOut > 0) around.say(takenOutWords(found))
  else if (found.signatures.length === 0) around.say({ zh: '没有电子签名。', en: 'It is not signed.' })
  for (const signature of found.signatures) {
    around.say(signatureVerdict(signature))
    for (const { zh, en } of signatureLines(signature)) around.say({ zh: `  ${zh}`, en: `  ${en}` })
  }
}
