# The bot with its sentence model, as a user without rights. Build: docker build -t briefing-bot .
FROM node:24-bookworm-slim AS build
WORKDIR /app
# the fast vector index for files is compiled here; with PostgreSQL it is not used
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
# onnxruntime-node carries its CPU library; its install script would only fetch GPU parts
RUN ONNXRUNTIME_NODE_INSTALL=skip npm ci --no-audit --no-fund
COPY . .
# what other systems need of the sentence model's runtime is most of its size
RUN node src/bootstrap.mjs briefing --version && npm prune --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/onnxruntime-node/bin/*/darwin node_modules/onnxruntime-node/bin/*/win32

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    CORPUS_DIR=/data/corpus \
    INDEX_DIR=/data/index \
    METRICS_PORT=0.0.0.0:9464
WORKDIR /app
RUN mkdir -p /data/corpus /data/index && chown -R node:node /data
COPY --from=build /app/package.json /app/LICENSE /app/NOTICE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/src/models/bundled ./src/models/bundled
COPY --from=build /app/prompts ./prompts
USER node
VOLUME ["/data/corpus", "/data/index"]
EXPOSE 9464
# connected to Discord, and the index answers
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# SIGTERM lets what is being answered be finished
STOPSIGNAL SIGTERM
ENTRYPOINT ["node"]
CMD ["dist/main.js"]
