import { expect, type Page } from '@playwright/test';
import { runningPortal } from '../portal/runningPortal';

/** The page of a service with its rollout, as a person uses it. */
export class RolloutPage {
  constructor(
    readonly page: Page,
    readonly name: string,
  ) {}

  async openOverview() {
    await this.open('');
  }

  async openTab() {
    await this.open('/rollouts');
  }

  get actions() {
    return this.page.getByRole('group', { name: `Actions for ${this.name}` });
  }

  async setImage(image: string) {
    await this.actions
      .getByRole('button', { name: `More actions for ${this.name}` })
      .click();
    await this.page.getByRole('menuitem', { name: /^Set image/ }).click();
    // The menu, which is one too, may still be fading out.
    const dialog = this.page.getByRole('dialog', { name: /^Set image/ });
    await dialog.getByRole('textbox', { name: 'Image' }).fill(image);
    await dialog.getByRole('button', { name: 'Set image' }).click();
    await expect(dialog).toBeHidden();
  }

  /** Presses the button, then the same word in the confirmation. */
  async act(label: RegExp) {
    await this.actions.getByRole('button', { name: label }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: label }).click();
    await expect(dialog).toBeHidden();
  }

  async expectPhase(phase: string, timeout?: number) {
    await expect(
      this.page.getByText(phase, { exact: true }).first(),
    ).toBeVisible({ timeout });
  }

  private async open(tab: string) {
    await this.page.goto(
      `${runningPortal().address}/catalog/default/component/${this.name}${tab}`,
    );
    await expect(this.actions).toBeVisible();
  }
}
