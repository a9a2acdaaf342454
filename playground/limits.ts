/** Discord's documented limits. Lengths are in UTF-16 units. */
export const LIMIT = {
  content: 2_000,
  classicRows: 5,
  componentsV2: 40,
  componentsV2Text: 4_000,
  rowButtons: 5,
  buttonLabel: 80,
  buttonUrl: 512,
  customId: 100,
  selectOptions: 25,
  selectOptionText: 100,
  selectPlaceholder: 150,
  sectionTexts: 3,
  galleryItems: 10,
  mediaDescription: 1_024,
  mediaUrl: 2_048,
  modalTitle: 45,
  modalComponents: 5,
  labelText: 45,
  labelDescription: 100,
  textInputValue: 4_000,
  textInputPlaceholder: 100,
  embeds: 10,
  embedTitle: 256,
  embedDescription: 4_096,
  embedFields: 25,
  embedFieldName: 256,
  embedFieldValue: 1_024,
  embedFooter: 2_048,
  embedAuthor: 256,
  embedTotal: 6_000,
  attachments: 10,
  attachmentBytes: 10 * 1024 * 1024,
  nonce: 25,
  allowedMentionIds: 100,
  commandName: 32,
  commandDescription: 100,
  commandOptions: 25,
  commandChoices: 25,
  choiceName: 100,
  choiceValue: 100,
  commandText: 8_000,
  globalCommands: 100,
  autocompleteChoices: 25,
} as const;

/** An interaction must be answered this soon (real time). */
export const ACKNOWLEDGE_MS = 3_000;
/** How long an interaction's token works, by the playground's clock. */
export const TOKEN_MS = 15 * 60_000;
/** How long `enforce_nonce` remembers ("the past few minutes"), by the playground's clock. */
export const NONCE_MS = 5 * 60_000;
