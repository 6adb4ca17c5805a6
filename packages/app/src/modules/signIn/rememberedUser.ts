const KEY = 'progressive-delivery:demo-user';

/** Which demo user this browser was last, kept until they sign out. */
export const rememberedUser = {
  get: (): string | undefined => localStorage.getItem(KEY) ?? undefined,
  set: (name: string) => localStorage.setItem(KEY, name),
  clear: () => localStorage.removeItem(KEY),
};
