import { message, type MessageTable } from './message.ts'

/** Failures of reply packs: questions that leave for the applicant, and answers that come back. */
export const replyMessages = {
  'reply.not-a-reply': (p: { file: string }) =>
    message(
      [
        '不是答复文件',
        `“${p.file}”中找不到答复表的标识行（以 GREENPRINT-REPLY 开头），或其中的答复数据。未带入任何内容。`,
        '请确认文件是由绿图发出的答复表；标识行被删去时，请对方在原表中填写后重新发来。',
      ],
      [
        'Not a file of answers',
        `“${p.file}” has no line that begins with GREENPRINT-REPLY, or none of the data of the form. Nothing was brought in.`,
        'Check that it is the table that Greenprint sent out. If that line was deleted, ask for the answers in the original table.',
      ],
    ),
  'reply.newer': (p: { file: string; known: number }) =>
    message(
      ['答复文件由更新的版本生成', `“${p.file}”的格式版本高于本程序能读取的 ${p.known}。`, '请升级绿图后再打开。'],
      [
        'The answers are of a later version',
        `“${p.file}” has a later format than ${p.known}.`,
        'Update Greenprint, then open it again.',
      ],
    ),
  'reply.no-answers': (p: { file: string }) =>
    message(
      [
        '找不到答复一列',
        `“${p.file}”中没有标题为“编制单位答复”的列，无法知道哪些文字是答复。未带入任何内容。`,
        '请恢复该列的标题后再打开。',
      ],
      [
        'The column of answers is missing',
        `“${p.file}” has no column headed “Applicant’s answer”, so nobody can tell which words are answers. Nothing was brought in.`,
        'Put that heading back, then open the file again.',
      ],
    ),
  'reply.refused': (p: { file: string; problem: { zh: string; en: string } }) =>
    message(
      ['答复文件被拒绝', `“${p.file}”：${p.problem.zh}。未带入任何内容。`, '请不要使用该文件，并请对方用原表重新填写。'],
      [
        'The file of answers was refused',
        `“${p.file}”: ${p.problem.en}. Nothing was brought in.`,
        'Do not use the file; ask for the answers in the original table.',
      ],
    ),
  'reply.changed': (p: { file: string }) =>
    message(
      [
        '答复文件中的题目被改动',
        `“${p.file}”中的题目与其编号校验不符，文件被改动过或已损坏。未带入任何内容。`,
        '请对方用原文件重新填写，或由审查单位重新发出答复表。',
      ],
      [
        'The questions in the file were changed',
        `The questions in “${p.file}” do not agree with its own hash: it was changed or damaged. Nothing was brought in.`,
        'Ask for the answers in the original file, or send the questions again.',
      ],
    ),
  'reply.other-review': (p: { file: string; plan: string }) =>
    message(
      [
        '本目录库没有所答复的评审',
        `“${p.file}”答复的是“${p.plan}”的一份评审，不在本目录库中。未带入任何内容。`,
        '请在发出答复表的目录库中打开；或先并入那份评审的评审包或意见书。',
      ],
      [
        'The review that is answered is not here',
        `“${p.file}” answers a review of “${p.plan}” that is not in this catalogue. Nothing was brought in.`,
        'Open it in the catalogue that sent the questions, or merge the package or memo of that review first.',
      ],
    ),
  'reply.nothing': (p: { file: string }) =>
    message(
      ['没有可以带入的答复', `“${p.file}”中的答复均为空、已在本库中，或对不上意见。未作修改。`, '请查看逐条的说明。'],
      [
        'There is nothing to bring in',
        `All answers in “${p.file}” are empty, here already, or match no finding. Nothing was changed.`,
        'See what is said of each.',
      ],
    ),
  'reply.no-questions': (p: { file: string }) =>
    message(
      ['没有可以答复的意见', `“${p.file}”没有待答复的意见：均已撤回或已核实，或尚无意见。`, '请先提出意见。'],
      [
        'Nothing to answer',
        `“${p.file}” has no finding that waits for an answer: all are withdrawn or verified, or there is none.`,
        'Write findings first.',
      ],
    ),
  'reply.cannot-answer': (p: { file: string }) =>
    message(
      [
        '表格请在表格软件中填写',
        `“${p.file}”是一张表格，其中没有完整的题目，不能在绿图中填写。`,
        '请用表格软件填写，或向审查单位索取 .greenprint-reply 答复包。',
      ],
      [
        'Tables are filled in elsewhere',
        `“${p.file}” is a table: it does not hold the questions whole, so it cannot be answered in Greenprint.`,
        'Fill it in with a spreadsheet, or ask for the questions as a .greenprint-reply pack.',
      ],
    ),
} satisfies MessageTable
