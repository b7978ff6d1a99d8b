FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY browser-verdict/package.json browser-verdict/
# The API and the rules about browsers: its image has no use for the frontend.
RUN npm ci --workspace browser-verdict --include-workspace-root
COPY nest-cli.json .swcrc tsconfig.json tsconfig.build.json ./
COPY browser-verdict/tsconfig.json browser-verdict/tsconfig.build.json browser-verdict/
COPY browser-verdict/src browser-verdict/src
COPY src src
RUN npm run build

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
COPY browser-verdict/package.json browser-verdict/
RUN npm ci --workspace browser-verdict --include-workspace-root --omit=dev && npm cache clean --force
COPY --from=build /app/browser-verdict/dist browser-verdict/dist
COPY --from=build /app/dist dist
USER node
EXPOSE 3000
# The start waits up to a minute for the database. Liveness never touches it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=75s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Without npm in between, SIGTERM reaches the API, which then finishes what it has begun.
CMD ["node", "--enable-source-maps", "--import", "./dist/start-up/exit-on-signal.js", "dist/main.js"]
