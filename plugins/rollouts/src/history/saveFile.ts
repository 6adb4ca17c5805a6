/** Hands a file that was fetched with the reader's token to the browser. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of the file when the click has returned.
  URL.revokeObjectURL(address);
}
