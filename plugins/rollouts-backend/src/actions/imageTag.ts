/** `registry:5000/team/app:1.2@sha256:…` → `1.2`; a bare digest is cut short. */
export function imageTag(image: string | undefined): string | undefined {
  if (!image) {
    return undefined;
  }
  const [name = '', digest] = image.split('@');
  const last = name.slice(name.lastIndexOf('/') + 1);
  const tag = last.includes(':') ? last.split(':')[1] : undefined;
  return tag ?? digest?.replace(/^sha256:/, '').slice(0, 12);
}
