/**
 * The grammar of an image's name, as registries and Kubernetes take it
 * (distribution's reference format): [host[:port]/]path[:tag][@digest].
 */
const REFERENCE = new RegExp(
  [
    '^',
    '(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::[0-9]+)?/)?',
    '[a-z0-9]+(?:(?:[.]|_{1,2}|-+)[a-z0-9]+)*',
    '(?:/[a-z0-9]+(?:(?:[.]|_{1,2}|-+)[a-z0-9]+)*)*',
    '(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?',
    '(?:@[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,128})?',
    '$',
  ].join(''),
);

/** Whether registries and Kubernetes take it for the name of an image. @public */
export function isImageReference(text: string): boolean {
  return text.length <= 512 && REFERENCE.test(text);
}
