/** "张三" of "CN=张三, O=…"; the whole where there is no such part. */
export const commonNameOf = (subject: string): string => /(?:^|, )CN=([^,]+)/.exec(subject)?.[1] ?? subject
