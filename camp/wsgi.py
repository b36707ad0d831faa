"""The application for a web server that wants one: `camp.wsgi:app`, for the instance of CAMP_INSTANCE."""

from camp import config
from camp.app import create_app

app = create_app(config.load(config.instance_folder()))
