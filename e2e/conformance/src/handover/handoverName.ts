/** What a scenario in which the controller is killed is called when another one takes over. */
export function handoverName({ name }: { name: string }): string {
  return name.replace('killed/', 'handover/');
}
