import * as z from 'zod'

/** One line of the conversation: its input is checked, its output is typed. */
export interface Procedure<I extends z.ZodType, O> {
  input: I
  /** Never present at run time: it only carries the output's type. */
  output?: () => O
}

export const procedure = <I extends z.ZodType>(input: I) => ({ returns: <O>(): Procedure<I, O> => ({ input }) })

export const id = <T extends string>() => z.string().min(1).max(64) as unknown as z.ZodType<T, T>
