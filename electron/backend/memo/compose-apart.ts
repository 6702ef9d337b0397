import { AppError } from '#core/errors.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { oneJob, type JobLimits } from '../one-job.ts'
import type { Telling } from './memo-service.ts'
import type { ComposeJob } from './pdf-worker.ts'
import { PRINT_LIMITS } from './print-pdf.ts'

/**
 * Composes a memo in a thread of its own, so that nobody waits for its maps; cancelling kills it. The layers are shared, not copied.
 * @throws AppError `memo.timeout`, `memo.too-large`, `request.cancelled`, and those of `composeMemo`
 */
export function composeApart(
  job: Omit<ComposeJob, 'format'>,
  { signal, report }: Telling,
  limits: JobLimits = PRINT_LIMITS,
): Promise<MemoDocument> {
  const failures = {
    cancelled: () => new AppError('request.cancelled', { procedure: 'memo.compose' }),
    late: () => new AppError('memo.timeout', { seconds: limits.seconds }),
    tooLarge: () => new AppError('memo.too-large', { memoryMb: limits.memoryMb }),
  }
  const whole: ComposeJob = { ...job, format: 'document' }
  return oneJob<MemoDocument>('pdf-worker', whole, limits, failures, signal, report)
}
