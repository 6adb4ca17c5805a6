/** The last request of a page. */
export interface ApprovalCursor {
  createdAt: number;
  id: string;
}

export function encodeCursor({ createdAt, id }: ApprovalCursor): string {
  return Buffer.from(JSON.stringify([createdAt, id])).toString('base64url');
}

/** `undefined` for what no page has handed out. */
export function decodeCursor(text: string): ApprovalCursor | undefined {
  try {
    const [createdAt, id] = JSON.parse(
      Buffer.from(text, 'base64url').toString(),
    );
    return typeof createdAt === 'number' && typeof id === 'string'
      ? { createdAt, id }
      : undefined;
  } catch {
    return undefined;
  }
}
