// The package ships its schemas without types: each is a zod schema.
declare module "discord-api-spec/zod" {
  interface Schema {
    safeParse(value: unknown): { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } };
  }
  export const ApplicationCommandUpdateRequestSchema: Schema;
  export const CreateMessageInteractionCallbackRequestSchema: Schema;
  export const ApplicationCommandAutocompleteCallbackRequestSchema: Schema;
  export const IncomingWebhookRequestPartialSchema: Schema;
  export const IncomingWebhookUpdateRequestPartialSchema: Schema;
  export const MessageCreateRequestSchema: Schema;
  export const MessageEditRequestPartialSchema: Schema;
  export const ModalInteractionCallbackRequestSchema: Schema;
  export const UpdateMessageInteractionCallbackRequestSchema: Schema;
  export const MessageResponseSchema: Schema;
  export const GatewayBotResponseSchema: Schema;
  export const InteractionCallbackResponseSchema: Schema;
  export const ApplicationCommandResponseSchema: Schema;
}
