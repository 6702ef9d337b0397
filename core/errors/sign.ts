import type { Bilingual } from '../text.ts'
import { message, type MessageTable } from './message.ts'

/** Failures of signing with a key file. None of them says anything about the passphrase or the key itself. */
export const signMessages = {
  'sign.wrong-passphrase': (p: { file: string }) =>
    message(
      ['口令不对', `用所给的口令打不开密钥文件“${p.file}”。没有签名。`, '请核对大小写与输入法（全角、半角）后重新输入。'],
      [
        'Wrong passphrase',
        `The key file “${p.file}” does not open with this passphrase. Nothing was signed.`,
        'Check capitals and the input method, and enter it again.',
      ],
    ),
  'sign.passphrase-needed': (p: { file: string }) =>
    message(
      ['需要口令', `密钥文件“${p.file}”已加密。`, '请输入该文件的口令；命令行请用 --sign-passphrase-file。'],
      [
        'A passphrase is needed',
        `The key file “${p.file}” is encrypted.`,
        'Enter its passphrase; on the command line use --sign-passphrase-file.',
      ],
    ),
  'sign.not-a-key-file': (p: { file: string }) =>
    message(
      ['不是密钥文件', `“${p.file}”既不是 P12/PFX，也不是 PEM 密钥或证书。`, '请选择 .p12、.pfx 或 .pem 文件。'],
      [
        'Not a key file',
        `“${p.file}” is neither a P12/PFX nor a key or certificate as PEM.`,
        'Choose a .p12, .pfx or .pem file.',
      ],
    ),
  'sign.key-file-damaged': (p: { file: string; problem: string }) =>
    message(
      ['密钥文件已损坏', `“${p.file}”无法读取（${p.problem}）。`, '请从备份或签发机构重新取得该文件。'],
      [
        'The key file is damaged',
        `“${p.file}” cannot be read (${p.problem}).`,
        'Take the file from a backup again, or ask who issued it.',
      ],
    ),
  'sign.key-file-encryption': (p: { file: string; found: string }) =>
    message(
      [
        '密钥文件的加密方式过旧',
        `“${p.file}”用 ${p.found} 加密，这种方式已不安全，本程序不读取。`,
        '请用 AES 重新导出：Windows 证书导出向导中选“AES256-SHA256”；或用 openssl pkcs12 -legacy -in 旧.p12 -nodes -out 临时.pem，再 openssl pkcs12 -export -in 临时.pem -out 新.p12，然后删除临时文件。',
      ],
      [
        'The key file is encrypted in an outdated way',
        `“${p.file}” is encrypted with ${p.found}, which is no longer safe and is not read here.`,
        'Export it again with AES: choose “AES256-SHA256” in the export wizard of Windows; or openssl pkcs12 -legacy -in old.p12 -nodes -out temporary.pem, then openssl pkcs12 -export -in temporary.pem -out new.p12, and delete the temporary file.',
      ],
    ),
  'sign.no-key': (p: { file: string }) =>
    message(
      ['文件中没有私钥', `“${p.file}”中只有证书，没有私钥。`, '请导出包含私钥的 .p12，或一并选择私钥文件。'],
      [
        'There is no private key',
        `“${p.file}” holds certificates but no private key.`,
        'Export a .p12 with its private key, or choose the key’s file too.',
      ],
    ),
  'sign.no-certificate': (p: { file: string }) =>
    message(
      ['文件中没有证书', `“${p.file}”中只有私钥，没有证书。`, '请一并选择证书文件（PEM），或选择包含证书的 .p12。'],
      [
        'There is no certificate',
        `“${p.file}” holds a private key but no certificate.`,
        'Choose the certificate’s file (PEM) too, or a .p12 that holds both.',
      ],
    ),
  'sign.key-does-not-fit': (p: { file: string }) =>
    message(
      ['私钥与证书不匹配', `“${p.file}”中的私钥不属于所给的任何证书。`, '请选择同一次签发的私钥与证书。'],
      [
        'The key does not fit the certificate',
        `The private key in “${p.file}” belongs to none of the certificates given.`,
        'Choose the key and the certificate that were issued together.',
      ],
    ),
  'sign.weak-key': (p: { found: string }) =>
    message(
      ['密钥或证书强度不足', `${p.found} 已不安全，不用于签名。`, '请向签发机构申请 RSA 2048 位以上或 P-256、P-384 的证书。'],
      [
        'The key or certificate is too weak',
        `${p.found} is no longer safe and is not signed with.`,
        'Ask the issuer for a certificate with RSA of at least 2048 bits, or P-256 or P-384.',
      ],
    ),
  'sign.unsupported-key': (p: { found: string }) =>
    message(
      ['不支持这种密钥', `本程序用 RSA 或 P-256、P-384 椭圆曲线签名，所给密钥是 ${p.found}。`, '请改用这两类密钥的证书。'],
      [
        'This kind of key is not supported',
        `This program signs with RSA or the elliptic curves P-256 and P-384; the key is ${p.found}.`,
        'Use a certificate with a key of these kinds.',
      ],
    ),
  'sign.certificate-doubtful': (p: { problem: Bilingual }) =>
    message(
      ['证书有疑问', `${p.problem.zh}。尚未签名。`, '请换用有效的证书；确认无误时可选择仍然签名（命令行 --sign-anyway）。'],
      [
        'The certificate is doubtful',
        `${p.problem.en}. Nothing was signed yet.`,
        'Use a valid certificate; where you are sure, choose to sign anyway (--sign-anyway on the command line).',
      ],
    ),
  'sign.pdf-unsound': (p: { file: string; problem: Bilingual }) =>
    message(
      ['这份 PDF 无法签名', `“${p.file}”${p.problem.zh}。文件未改动。`, '请换一份完好的 PDF，或由绿图重新导出后再签名。'],
      [
        'This PDF cannot be signed',
        `“${p.file}”: ${p.problem.en}. The file was not touched.`,
        'Take a sound PDF, or export it from Greenprint again and sign that.',
      ],
    ),
  'sign.not-a-certificate': (p: { file: string }) =>
    message(
      [
        '没有根证书',
        `“${p.file}”中没有可用的根证书（PEM 或 DER 格式）。`,
        '请选择签发机构提供的 .pem、.crt 或 .cer 文件，或存放它们的文件夹。',
      ],
      [
        'No root certificate',
        `“${p.file}” holds no root certificate (PEM or DER).`,
        'Choose the .pem, .crt or .cer files of the issuer, or the folder that they lie in.',
      ],
    ),
  'sign.timeout': (p: { seconds: number }) =>
    message(
      ['签名超时', `${p.seconds} 秒内未能打开密钥文件，已停止。`, '密钥文件的口令迭代次数可能异常大，请重新导出该文件。'],
      [
        'Signing took too long',
        `The key file was not opened within ${p.seconds} seconds; it was stopped.`,
        'It may ask for an extreme number of rounds: export the key file again.',
      ],
    ),
} satisfies MessageTable
